import type { ResourceAmounts } from '../../../models/contract/quantities.js'
import type { Instance } from '../../../models/instance/instance.js'
import { comparable, compareRows, resourcesInServeOrder } from './serve-order.js'

/** For each deployment its place among all, the largest demand first: the order in which Serve chooses nodes for replicas. */
export function serveRanks({ problem, deployments }: Instance): Int32Array {
  const places = ranksOf(
    problem,
    problem.deployments.map(({ demand }) => demand)
  )
  return Int32Array.from(deployments, ({ family }) => places[family] as number)
}

/** For each node of the Problem its place among all, the largest capacity first; those that are alike share one. */
export function nodeRanks({ problem }: Instance): Int32Array {
  const rows = problem.nodes.map(({ capacity }) => capacity)
  const places = ranksOf(problem, rows)
  const sizes = rowsOf(problem, rows)
  const byPlace = [...places.keys()].sort((one, other) => (places[one] as number) - (places[other] as number))
  for (const [place, node] of byPlace.entries()) {
    const before = byPlace[place - 1]
    if (before === undefined) continue
    const width = sizes.length / rows.length
    if (compareRows(sizes, sizes, width, before, node) === 0) places[node] = places[before] as number
  }
  return places
}

function ranksOf(problem: Instance['problem'], amounts: readonly ResourceAmounts[]): Int32Array {
  const sizes = rowsOf(problem, amounts)
  const width = sizes.length / Math.max(1, amounts.length)
  const inOrder = [...amounts.keys()].sort((one, other) => compareRows(sizes, sizes, width, other, one) || one - other)
  const places = new Int32Array(amounts.length)
  for (const [place, index] of inOrder.entries()) places[index] = place
  return places
}

function rowsOf(problem: Instance['problem'], amounts: readonly ResourceAmounts[]): Float64Array {
  const names = resourcesInServeOrder(problem)
  const rows = amounts.map((row) =>
    names.map((name) => comparable(Object.hasOwn(row, name) ? (row[name] as number) : 0))
  )
  return Float64Array.from(rows.flat())
}
