import type { MigrationLimits } from '../../models/contract/migration-options.js'
import { Heap } from './heap.js'
import { Semaphores } from './semaphores.js'
import type { StepGraph, StepNode } from './step-graph.js'

/** Times in seconds of every step of a graph. */
export interface Schedule {
  readonly start: Float64Array
  readonly end: Float64Array
  /** The steps in a valid order, by start. */
  readonly order: readonly number[]
  readonly makespan: number
}

/**
 * List scheduling: what may begin begins, the longest way to the end first and of equals what is worth more, as far as the
 * run-time limits allow. What ends at a moment gives back before anything else begins at it.
 *
 * `byDelivery`: a start ranks by what follows it, without itself (Jackson's rule: of those that want the same place, whose way after
 * it is longest). It is better where starts per node are what is short.
 */
export function schedule(
  graph: StepGraph,
  limits: MigrationLimits,
  worth: (step: StepNode) => number,
  byDelivery = false
): Schedule {
  const { steps } = graph
  const followers: number[][] = steps.map(() => [])
  const pending = Int32Array.from(steps, ({ after }) => after.size)
  for (const [index, { after }] of steps.entries()) for (const before of after) followers[before]?.push(index)
  const tail = longestTails(steps, followers, pending)
  if (byDelivery) {
    for (const [index, { action, seconds }] of steps.entries())
      if (action === 'start') tail[index] = (tail[index] as number) - seconds
  }
  const value = steps.map(worth)
  const goesFirst = (left: number, right: number) => {
    if (tail[left] !== tail[right]) return (tail[left] as number) > (tail[right] as number)
    if (value[left] !== value[right]) return (value[left] as number) > (value[right] as number)
    return left < right
  }
  const start = new Float64Array(steps.length)
  const end = new Float64Array(steps.length)
  const order: number[] = []
  const semaphores = new Semaphores(limits, goesFirst)
  const ready = new Heap<number>(goesFirst)
  const instant: number[] = []
  const running = new Heap<number>((left, right) => {
    const difference = (end[left] as number) - (end[right] as number)
    return difference === 0 ? left < right : difference < 0
  })
  let now = 0
  const enqueue = (index: number) => {
    const { seconds, flight, action } = steps[index] as StepNode
    if (seconds === 0 && (flight < 0 || action !== 'start')) instant.push(index)
    else ready.push(index)
  }
  const begin = (index: number) => {
    start[index] = now
    end[index] = now + (steps[index] as StepNode).seconds
    order.push(index)
  }
  const finish = (index: number) => {
    for (const woken of semaphores.finish(steps[index] as StepNode)) ready.push(woken)
    for (const next of followers[index] as number[]) {
      pending[next] = (pending[next] as number) - 1
      if (pending[next] === 0) enqueue(next)
    }
  }
  for (const index of steps.keys()) if (pending[index] === 0) enqueue(index)
  for (;;) {
    for (let index = instant.pop(); index !== undefined; index = instant.pop()) {
      begin(index)
      finish(index)
    }
    for (let index = ready.pop(); index !== undefined; index = ready.pop()) {
      const { begins, woken } = semaphores.begin(index, steps[index] as StepNode)
      for (const other of woken) ready.push(other)
      if (!begins) continue
      begin(index)
      running.push(index)
    }
    const next = running.pop()
    if (next === undefined) break
    now = end[next] as number
    finish(next)
    for (let peer = running.peek(); peer !== undefined && end[peer] === now; peer = running.peek()) {
      running.pop()
      finish(peer)
    }
  }
  return { start, end, order, makespan: end.reduce((latest, moment) => Math.max(latest, moment), 0) }
}

/** The longest way from the beginning of each step to the end of everything that waits for it. */
function longestTails(steps: readonly StepNode[], followers: readonly number[][], indegree: Int32Array): Float64Array {
  const pending = indegree.slice()
  const sorted: number[] = []
  for (const index of steps.keys()) if (pending[index] === 0) sorted.push(index)
  for (let position = 0; position < sorted.length; position++) {
    for (const next of followers[sorted[position] as number] as number[]) {
      pending[next] = (pending[next] as number) - 1
      if (pending[next] === 0) sorted.push(next)
    }
  }
  const tail = new Float64Array(steps.length)
  for (const index of sorted.reverse()) {
    let longest = 0
    for (const next of followers[index] as number[]) longest = Math.max(longest, tail[next] as number)
    tail[index] = longest + (steps[index] as StepNode).seconds
  }
  return tail
}
