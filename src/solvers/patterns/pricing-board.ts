import type { PatternProblem } from '../../../models/formulations/pattern-problem.js'
import type { Pattern } from './pattern.js'
import type { KindPrices, Priced } from './pricing.js'
import { type Arrays, bytesOf, cutArrays } from './shared-arrays.js'
import { TaskQueue } from './task-queue.js'

/** Slots of one task at most: few enough to share out, many enough to be worth a table. */
const TASK_SLOTS = 48
/** Room for patterns, in numbers: so many for each slot, up to 16 MB, and a few in any case. What finds none is left out. */
const NUMBERS_OF_SLOT = 1_024
const MOST_NUMBERS = 2 ** 22
const FEW_PATTERNS = 64

/** Some slots of one kind of node, priced together. */
export interface PricingTask {
  readonly kind: number
  readonly slots: Int32Array
}

function lengthsOf(problem: PatternProblem) {
  const { kinds, deployments, dimensions, groupKind, residentDeployment, linkCopy } = problem
  const slots = kinds + groupKind.length
  const largest = 1 + 2 * deployments + residentDeployment.length
  return {
    floats: {
      /** [kind × deployments + deployment], of all kinds alike without the first; [resident]; [kind × dimensions + dimension]: see `KindPrices`. */
      copy: linkCopy.length === 0 ? deployments : kinds * deployments,
      stay: residentDeployment.length,
      room: kinds * dimensions,
      /** [slot]: contents worth more than this improve; no contents are worth more than that. */
      threshold: slots,
      bound: slots,
      /** [slot]: how much the best contents improve. */
      gain: slots
    },
    integers: {
      queue: TaskQueue.length,
      /** How many levels of effort may be tried, and numbers of `patterns` in use. */
      levels: 1,
      used: 1,
      /** [deployment]: most copies on one node, of any kind. */
      most: deployments,
      /** [task × 3]: kind, first place in `slots`, and the one after the last. */
      tasks: 3 * slots,
      slots,
      /** [task]: levels of effort that were tried. */
      tried: slots,
      /** [slot]: search steps, whether it was cut short, where in `patterns` its own begin and end. */
      steps: slots,
      isCutShort: slots,
      begin: slots,
      end: slots,
      /** One behind the other: what stays of each resident, how many deployments, and the number and copies of each. */
      patterns: Math.min(MOST_NUMBERS, slots * NUMBERS_OF_SLOT) + Math.min(MOST_NUMBERS, FEW_PATTERNS * largest)
    }
  }
}

type Lengths = ReturnType<typeof lengthsOf>

/**
 * Where one thread writes what is to be priced and all threads what came of it: typed arrays over one buffer, which they may share.
 * Slot k stands for nodes of kind k of which nothing stays, slot kinds + g for the nodes of group g.
 */
export class PricingBoard {
  readonly queue: TaskQueue
  readonly arrays: Arrays<keyof Lengths['floats'], keyof Lengths['integers']>

  /** @param buffer That of another board of the same problem, to share it; by default a new one that no other thread sees. */
  constructor(
    readonly problem: PatternProblem,
    readonly buffer: ArrayBufferLike = new ArrayBuffer(bytesOf(lengthsOf(problem)))
  ) {
    this.arrays = cutArrays(lengthsOf(problem), buffer)
    this.queue = new TaskQueue(this.arrays.queue)
  }

  /** A buffer that threads can share; null where there is no room for it. */
  static sharedBuffer(problem: PatternProblem): SharedArrayBuffer | null {
    try {
      return new SharedArrayBuffer(bytesOf(lengthsOf(problem)))
    } catch {
      return null
    }
  }

  /** What a kind is priced at. */
  pricesOf(kind: number): KindPrices {
    const { deployments, dimensions, most } = this.problem
    const { copy, stay, room, most: limit } = this.arrays
    const from = kind * deployments
    return {
      copy: copy.length === deployments ? copy : copy.subarray(from, from + deployments),
      stay,
      most: most.slice(from, from + deployments).map((copies, index) => Math.min(copies, limit[index] as number)),
      room: room.subarray(kind * dimensions, (kind + 1) * dimensions)
    }
  }

  /** Asks for some slots of each kind to be priced. Nobody may be at work on the last question. */
  ask(slotsOf: readonly (readonly number[])[], levels: number): void {
    const { slots, tasks, steps } = this.arrays
    const effortOf = (own: readonly number[]) => own.reduce((sum, slot) => sum + (steps[slot] as number), 0)
    // Tasks are taken from the last on: those that took longest before, so that nobody waits for one that was begun late.
    const inOrder = [...slotsOf.entries()].sort(([, left], [, right]) => effortOf(left) - effortOf(right))
    let place = 0
    let task = 0
    for (const [kind, own] of inOrder) {
      for (let first = 0; first < own.length; first += TASK_SLOTS) {
        const some = own.slice(first, first + TASK_SLOTS)
        slots.set(some, place)
        tasks.set([kind, place, place + some.length], 3 * task++)
        place += some.length
      }
    }
    this.arrays.levels[0] = levels
    this.arrays.used[0] = 0
    this.queue.open(task)
  }

  task(task: number): PricingTask {
    const { tasks, slots } = this.arrays
    const [kind, first, last] = tasks.subarray(3 * task, 3 * task + 3) as unknown as [number, number, number]
    return { kind, slots: slots.subarray(first, last) }
  }

  /** The group of a slot; −1 for a kind. */
  groupOf(slot: number): number {
    return slot < this.problem.kinds ? -1 : slot - this.problem.kinds
  }

  /** Notes what came of a slot. */
  write(slot: number, { gain, bound, isCutShort, patterns }: Priced, steps: number): void {
    const { arrays } = this
    const numbers = patterns.flatMap(numbersOf)
    const begin = Atomics.add(arrays.used, 0, numbers.length)
    const fits = begin + numbers.length <= arrays.patterns.length
    if (fits) arrays.patterns.set(numbers, begin)
    arrays.gain[slot] = gain
    arrays.bound[slot] = bound
    arrays.isCutShort[slot] = Number(isCutShort || (!fits && patterns.length > 0))
    arrays.steps[slot] = steps
    arrays.begin[slot] = begin
    arrays.end[slot] = fits ? begin + numbers.length : begin
  }

  /** What came of a slot. */
  read(slot: number, kind: number): Priced {
    const { gain, bound, isCutShort, begin, end, patterns } = this.arrays
    return {
      gain: gain[slot] as number,
      bound: bound[slot] as number,
      isCutShort: isCutShort[slot] === 1,
      patterns: this.#patternsIn(patterns.subarray(begin[slot], end[slot]), kind, this.groupOf(slot))
    }
  }

  #patternsIn(numbers: Int32Array, kind: number, group: number): Pattern[] {
    const { deployments, residentStart } = this.problem
    const residents = group < 0 ? 0 : (residentStart[group + 1] as number) - (residentStart[group] as number)
    const patterns: Pattern[] = []
    for (let at = 0; at < numbers.length; ) {
      const stays = numbers.slice(at, at + residents)
      at += residents
      const last = at + 1 + 2 * (numbers[at] as number)
      const counts = new Int32Array(deployments)
      for (at++; at < last; at += 2) counts[numbers[at] as number] = numbers[at + 1] as number
      patterns.push({ kind, group, counts, stays })
    }
    return patterns
  }
}

function numbersOf({ stays, counts }: Pattern): number[] {
  const numbers: number[] = []
  for (const [deployment, copies] of counts.entries()) if (copies !== 0) numbers.push(deployment, copies)
  return [...stays, numbers.length / 2, ...numbers]
}
