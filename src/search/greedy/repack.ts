import type { PatternProblem } from '../../../models/formulations/pattern-problem.js'
import type { Budget } from '../../budget.js'
import type { Pattern, PatternSolution } from '../../solvers/patterns/pattern.js'
import { ShareBins } from '../../solvers/patterns/share-packing.js'

const NOTHING = new Int32Array(0)

/** Rounds of repacking, each with the prices that the one before it suggests. */
const ROUNDS = 12
/** Deployments that are looked at in a unit of work, once for each kind of node. */
const LOOKS = 3_000

/**
 * Repacks everything from scratch: fills one node after another, each time of the kind that hosts most for its money, the
 * hardest copies first. Between rounds the copies that ended on badly filled nodes become dearer, so that they come earlier (sequential value
 * correction, Belov and Scheithauer, 2007). Yields each solution that is cheaper than those before, and null in between.
 */
export function* repack(problem: PatternProblem, budget: Budget): Generator<PatternSolution | null> {
  const filler = new NodeFiller(problem)
  const price = startingPrices(problem)
  let best = Infinity
  for (let round = 0; round < ROUNDS && !budget.isSpent(); round++) {
    const solution = yield* fillAll(problem, filler, price, budget)
    if (solution === null) continue
    if (solution.cost < best - 1e-9) {
      best = solution.cost
      yield solution
    }
    correctPrices(problem, solution, price)
  }
}

/** What a copy costs on the kind of node where its scarcest resource is cheapest. */
function startingPrices({
  kinds,
  deployments,
  dimensions,
  cost,
  capacity,
  weight,
  most
}: PatternProblem): Float64Array {
  const price = new Float64Array(deployments).fill(Infinity)
  for (let kind = 0; kind < kinds; kind++) {
    for (let deployment = 0; deployment < deployments; deployment++) {
      if (most[kind * deployments + deployment] === 0) continue
      let share = 0
      for (let dimension = 0; dimension < dimensions; dimension++) {
        const total = capacity[kind * dimensions + dimension] as number
        if (total > 0) share = Math.max(share, (weight[deployment * dimensions + dimension] as number) / total)
      }
      price[deployment] = Math.min(price[deployment] as number, share * (cost[kind] as number) + 1e-9)
    }
  }
  return price
}

/** Fills nodes until everything has a place; null where that is impossible, or takes too long. Yields after every kind that was filled. */
function* fillAll(
  problem: PatternProblem,
  filler: NodeFiller,
  price: Float64Array,
  budget: Budget
): Generator<null, PatternSolution | null> {
  const { kinds, deployments, wanted, available, cost, fixedCost } = problem
  const left = wanted.slice()
  const free = available.slice()
  const patterns: { pattern: Pattern; nodes: number }[] = []
  let total = fixedCost
  while (left.some((count) => count > 0)) {
    yield null
    if (budget.isSpent()) return null
    budget.charge((kinds * deployments) / LOOKS)
    let best: { kind: number; counts: Int32Array; ratio: number } | null = null
    for (let kind = 0; kind < kinds; kind++) {
      if (free[kind] === 0) continue
      for (const counts of filler.fill(kind, price, left)) {
        const worth = counts.reduce((sum, copies, deployment) => sum + copies * (price[deployment] as number), 0)
        const ratio = worth === 0 ? Infinity : (cost[kind] as number) / worth
        if (worth > 0 && (best === null || ratio < best.ratio)) best = { kind, counts, ratio }
      }
    }
    if (best === null) return null
    const { kind, counts } = best
    let nodes = free[kind] as number
    for (const [deployment, copies] of counts.entries()) {
      if (copies > 0) nodes = Math.min(nodes, Math.floor((left[deployment] as number) / copies))
    }
    for (const [deployment, copies] of counts.entries())
      left[deployment] = (left[deployment] as number) - nodes * copies
    free[kind] = (free[kind] as number) - nodes
    total += nodes * (cost[kind] as number)
    patterns.push({ pattern: { kind, group: -1, counts, stays: NOTHING }, nodes })
  }
  return { cost: total, patterns }
}

/** Moves the price of each copy half the way to what its node really charged for it. */
function correctPrices(
  { cost, deployments }: PatternProblem,
  { patterns }: PatternSolution,
  price: Float64Array
): void {
  const charged = new Float64Array(deployments)
  const copiesOf = new Float64Array(deployments)
  for (const { pattern, nodes } of patterns) {
    const worth = pattern.counts.reduce((sum, copies, deployment) => sum + copies * (price[deployment] as number), 0)
    for (const [deployment, copies] of pattern.counts.entries()) {
      charged[deployment] =
        (charged[deployment] as number) +
        ((nodes * copies * (price[deployment] as number)) / worth) * (cost[pattern.kind] as number)
      copiesOf[deployment] = (copiesOf[deployment] as number) + nodes * copies
    }
  }
  for (const [deployment, copies] of copiesOf.entries()) {
    if (copies > 0) price[deployment] = ((price[deployment] as number) + (charged[deployment] as number) / copies) / 2
  }
}

/** Fills one node greedily. */
class NodeFiller {
  readonly #bins: readonly ShareBins[]

  constructor(readonly problem: PatternProblem) {
    const { deviceDimensions, deployments, dimensions, weight } = problem
    this.#bins = [...deviceDimensions].map((dimension) => {
      const shares = Array.from(
        { length: deployments },
        (_, deployment) => weight[deployment * dimensions + dimension] as number
      )
      return new ShareBins([...new Set(shares.filter((share) => share > 0 && share < 1))].sort((a, b) => b - a))
    })
  }

  /** Two fillings: the dearest copies first, and those dearest for the room that they take. */
  *fill(kind: number, price: Float64Array, left: Int32Array): Generator<Int32Array> {
    const { deployments, dimensions, capacity, weight, most } = this.problem
    const candidates = Array.from({ length: deployments }, (_, deployment) => deployment).filter(
      (deployment) => (left[deployment] as number) > 0 && (most[kind * deployments + deployment] as number) > 0
    )
    const density = new Float64Array(deployments)
    for (const deployment of candidates) {
      let share = 0
      for (let dimension = 0; dimension < dimensions; dimension++) {
        const total = capacity[kind * dimensions + dimension] as number
        if (total > 0) share += (weight[deployment * dimensions + dimension] as number) / total
      }
      density[deployment] = (price[deployment] as number) / (share + 1e-12)
    }
    for (const rank of [price, density]) {
      const order = [...candidates].sort((a, b) => (rank[b] as number) - (rank[a] as number) || a - b)
      yield this.#fillInOrder(kind, order, left)
    }
  }

  #fillInOrder(kind: number, order: readonly number[], left: Int32Array): Int32Array {
    const { deployments, dimensions, deviceDimensions, capacity, weight, most } = this.problem
    const room = capacity.slice(kind * dimensions, (kind + 1) * dimensions)
    const counts = new Int32Array(deployments)
    const shares = this.#bins.map(({ shares: distinct }) => new Int32Array(distinct.length))
    const wholes = new Float64Array(deviceDimensions.length)
    const addDevices = (deployment: number, copies: number) => {
      for (const [position, dimension] of deviceDimensions.entries()) {
        const amount = weight[deployment * dimensions + dimension] as number
        const share = amount < 1 ? (this.#bins[position] as ShareBins).shares.indexOf(amount) : -1
        const held = shares[position] as Int32Array
        if (share >= 0) held[share] = (held[share] as number) + copies
        else wholes[position] = (wholes[position] as number) + copies * amount
      }
    }
    const devicesFit = () =>
      [...deviceDimensions].every((dimension, position) => {
        const needed = (this.#bins[position] as ShareBins).needed(shares[position] as Int32Array).enough
        return (wholes[position] as number) + needed <= (capacity[kind * dimensions + dimension] as number) + 1e-6
      })
    for (const deployment of order) {
      let copies = Math.min(left[deployment] as number, most[kind * deployments + deployment] as number)
      for (let dimension = 0; dimension < dimensions; dimension++) {
        const amount = weight[deployment * dimensions + dimension] as number
        if (amount > 0) copies = Math.min(copies, Math.floor((room[dimension] as number) / amount + 1e-9))
      }
      if (copies <= 0) continue
      addDevices(deployment, copies)
      while (copies > 0 && !devicesFit()) {
        addDevices(deployment, -1)
        copies--
      }
      counts[deployment] = copies
      for (let dimension = 0; dimension < dimensions; dimension++) {
        room[dimension] = (room[dimension] as number) - copies * (weight[deployment * dimensions + dimension] as number)
      }
    }
    return counts
  }
}
