import { appendTo } from '../grouping.js'
import { BitMatrix } from './bit-matrix.js'
import { heaviestClosure } from './closure.js'
import type { Counter } from './counters.js'
import type { Precedence } from './precedence.js'
import { exceeds } from './tolerance.js'
import type { Report } from './violations.js'

/** Changes below this are rounding. */
const SMALLEST = 1e-12

interface Event {
  readonly step: number
  readonly isEnd: boolean
  readonly change: number
}

/** Reports every counter that some order of the steps brings above its limit, or further above when it begins there. */
export function checkEveryOrder(precedence: Precedence, counters: readonly Counter[], report: Report): void {
  for (const counter of counters) {
    const { code, where, subject, limit } = counter
    if (exceeds(counter.initial, limit)) {
      const level = levelBeforeRepair(precedence, counter)
      if (exceeds(level, limit)) {
        const message = `some order raises or joins ${subject}, above the limit ${limit} from the outset, before that is repaired`
        report(code, where, message, level - limit)
      }
    } else {
      const level = worstLevel(precedence, counter, limit)
      if (exceeds(level, limit))
        report(code, where, `some order brings ${subject} to ${level}, limit ${limit}`, level - limit)
    }
  }
}

/**
 * The highest level that a counter reaches in any order of the steps.
 * When that is at most `enough`, some number in between may be returned instead, which costs less.
 */
export function worstLevel(precedence: Precedence, counter: Counter, enough = Number.NEGATIVE_INFINITY): number {
  const { rises, falls } = splitEvents(precedence, counter)
  const room = enough - counter.initial
  const level = (comesFirst: BitMatrix) =>
    counter.initial + heaviestClosure(amountsOf(rises), amountsOf(falls), comesFirst, room)
  const total = rises.reduce((sum, { change }) => sum + change, counter.initial)
  if (total <= enough || falls.length === 0) return total
  // Most plans pay every arrival with departures that it waits for directly: fewer arcs can only overstate the level.
  const quick = level(nearOrder(precedence, falls, rises))
  return exceeds(quick, enough) ? level(surelyFirst(precedence, falls, rises)) : quick
}

/**
 * For a counter above its limit from the outset: the highest level at which something may still raise it, or join it.
 * The limit or less when nothing does so before the level is within its limit, and stays there.
 */
function levelBeforeRepair(precedence: Precedence, counter: Counter): number {
  const { rises, falls } = splitEvents(precedence, counter)
  if (rises.length === 0) return Number.NEGATIVE_INFINITY
  const fallsFirst = surelyFirst(precedence, falls, rises)
  const risesFirst = surelyFirst(precedence, rises, rises)
  let worst = Number.NEGATIVE_INFINITY
  for (const forced of rises.keys()) {
    // Whatever contains a later rise contains an earliest one.
    if (rises.some((_, other) => risesFirst.has(forced, other))) continue
    // The forced rise and its falls happen in any case: they are taken out, and no other rise has to pay for them.
    const free = falls.map(({ change }, fall) => (fallsFirst.has(forced, fall) ? 0 : -change))
    const rest = rises.map(({ change }, rise) => (rise === forced ? 0 : change))
    const paid = falls.reduce((sum, { change }, fall) => sum + (fallsFirst.has(forced, fall) ? change : 0), 0)
    const base = counter.initial + (rises[forced]?.change ?? 0) + paid
    worst = Math.max(worst, base + heaviestClosure(rest, free, fallsFirst))
    if (exceeds(worst, counter.limit)) break
  }
  return worst
}

/** The events of a counter that raise or join it and those that lower it, each in the order of the steps. */
function splitEvents(
  { position }: Precedence,
  { changes, joins = new Set() }: Counter
): { rises: Event[]; falls: Event[] } {
  const joining = [...joins].filter((event) => !changes.has(event)).map((event) => [event, 0] as const)
  const events = [...changes, ...joining].map(([event, change]) => ({
    step: event >> 1,
    isEnd: (event & 1) === 1,
    change,
    joins: joins.has(event)
  }))
  events.sort(
    (a, b) => (position[a.step] as number) - (position[b.step] as number) || Number(a.isEnd) - Number(b.isEnd)
  )
  return {
    rises: events.filter(({ change, joins }) => joins || change > SMALLEST),
    falls: events.filter(({ change }) => change < -SMALLEST)
  }
}

function amountsOf(events: readonly Event[]): Float64Array {
  return Float64Array.from(events, ({ change }) => Math.abs(change))
}

/** For every later event (row) the earlier ones (columns) that must have happened when it has. */
function surelyFirst(precedence: Precedence, earlier: readonly Event[], later: readonly Event[]): BitMatrix {
  const matrix = precedence.ancestors(
    earlier.map((event) => event.step),
    later.map((event) => event.step)
  )
  addOwnBeginnings(matrix, earlier, later)
  return matrix
}

/** As `surelyFirst`, but only what a short walk back from each later event finds. */
function nearOrder(precedence: Precedence, earlier: readonly Event[], later: readonly Event[]): BitMatrix {
  const matrix = new BitMatrix(later.length, earlier.length)
  const columnsOf = new Map<number, number[]>()
  for (const [column, { step }] of earlier.entries()) {
    appendTo(columnsOf, step, column)
  }
  for (const [row, { step }] of later.entries()) {
    for (const ancestor of precedence.nearAncestors(step)) {
      for (const column of columnsOf.get(ancestor) ?? []) matrix.set(row, column)
    }
  }
  addOwnBeginnings(matrix, earlier, later)
  return matrix
}

/** A step begins before it ends. */
function addOwnBeginnings(matrix: BitMatrix, earlier: readonly Event[], later: readonly Event[]): void {
  const beginnings = new Map<number, number>()
  for (const [column, { step, isEnd }] of earlier.entries()) if (!isEnd) beginnings.set(step, column)
  for (const [row, { step, isEnd }] of later.entries()) {
    const column = isEnd ? beginnings.get(step) : undefined
    if (column !== undefined) matrix.set(row, column)
  }
}
