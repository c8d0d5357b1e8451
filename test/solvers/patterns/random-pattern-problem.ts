import type { PatternProblem } from '../../../models/formulations/pattern-problem.js'
import { seededRandom } from '../../../src/random.js'

export interface RandomPatternOptions {
  /** Most nodes in all. */
  readonly nodes: number
  readonly deployments: number
  /** Most copies of a deployment on a node, and of what is wanted of one. */
  readonly copies: number
}

/**
 * A tiny random pattern problem with all that there is: scalars with a common unit or with noise of 1e-9 to 1e-6, weights and capacities of 0,
 * whole devices and shares, a dimension that counts some deployments, conflicts, groups with residents that are held or not, linking rows. Whether
 * anything supplies all that is wanted is left to chance.
 */
export function randomPatternProblem(seed: number, options: RandomPatternOptions): PatternProblem {
  const random = seededRandom(seed)
  const chance = (probability: number) => random() < probability
  const between = (low: number, high: number) => low + Math.floor(random() * (high - low + 1))
  const pick = <Item>(items: readonly Item[]) => items[Math.floor(random() * items.length)] as Item
  const deployments = between(1, options.deployments)
  const kinds = between(1, Math.min(2, options.nodes))
  const fill = (length: number, draw: (index: number) => number) =>
    Float64Array.from({ length }, (_, index) => draw(index))
  const hasDevices = chance(0.5)
  const hasCounts = chance(0.3)
  const scalars = between(1, 3)
  const dimensions = (hasDevices ? 1 : 0) + scalars + (hasCounts ? 1 : 0)
  const first = hasDevices ? 1 : 0
  const noise = chance(0.5) ? 0 : 10 ** -(6 + 3 * random())
  const units = Array.from({ length: scalars }, () => pick([1, 0.5, 0.1, 0.3, 1 / 3, 1e9]))
  const noisy = (amount: number) => (chance(0.7) ? amount : amount * (1 + noise * (2 * random() - 1)))
  const weight = new Float64Array(deployments * dimensions)
  for (let deployment = 0; deployment < deployments; deployment++) {
    const set = (dimension: number, amount: number) => {
      weight[deployment * dimensions + dimension] = amount
    }
    if (hasDevices) set(0, pick([0, 0, 0.3, 0.4, 0.5, 0.6, 1, 2]))
    for (let scalar = 0; scalar < scalars; scalar++) {
      const unit = units[scalar] as number
      set(first + scalar, chance(0.2) ? 0 : noisy(chance(0.8) ? between(1, 4) * unit : 4 * random() * unit))
    }
    if (hasCounts) set(dimensions - 1, pick([0, 1]))
  }
  const capacity = new Float64Array(kinds * dimensions)
  for (let kind = 0; kind < kinds; kind++) {
    if (hasDevices) capacity[kind * dimensions] = between(0, 3)
    for (let scalar = 0; scalar < scalars; scalar++) {
      const amount = noisy(between(2, 9) * (units[scalar] as number))
      capacity[kind * dimensions + first + scalar] = chance(0.05) ? 0 : amount
    }
    if (hasCounts) capacity[kind * dimensions + dimensions - 1] = between(0, 3)
  }
  const available = Int32Array.from({ length: kinds }, () => between(1, Math.max(1, Math.floor(options.nodes / kinds))))
  const groups = chance(0.6) ? between(1, 2) : 0
  const groupKind = Int32Array.from({ length: groups }, (_, group) => group % kinds)
  const left = available.slice()
  const groupNodes = groupKind.map((kind) => {
    const nodes = Math.min(left[kind] as number, between(1, 2))
    left[kind] = (left[kind] as number) - nodes
    return nodes
  })
  const residents = Array.from({ length: groups }, () => {
    const members = [...Array(deployments).keys()].filter(() => chance(0.5))
    return members.flatMap((deployment) => {
      const draw = () => {
        const copies = between(1, 2)
        return { deployment, copies, held: chance(0.2) ? between(1, copies) : 0, reward: pick([0, 0.5, 1, 2.5]) }
      }
      return chance(0.3) ? [draw(), draw()] : [draw()]
    })
  })
  const all = residents.flat()
  const starts = [0]
  for (const own of residents) starts.push((starts.at(-1) as number) + own.length)
  const most = Int32Array.from({ length: kinds * deployments }, () => (chance(0.1) ? 0 : between(1, options.copies)))
  // Where copies may come, all that are there may stay.
  for (const [group, own] of residents.entries()) {
    for (const { deployment } of own) {
      const at = (groupKind[group] as number) * deployments + deployment
      const here = own.reduce((sum, other) => sum + (other.deployment === deployment ? other.copies : 0), 0)
      if ((most[at] as number) > 0) most[at] = Math.max(most[at] as number, here)
    }
  }
  const rows = chance(0.5) ? between(1, 2) : 0
  const hasCopyLinks = rows > 0 && chance(0.6)
  const conflicts = chance(0.3) ? 1 : 0
  return {
    kinds,
    deployments,
    dimensions,
    cost: fill(kinds, () => pick([0, 1, 2, 3.5])),
    available,
    fixedCost: pick([0, 1.5]),
    capacity,
    weight,
    deviceDimensions: hasDevices ? Int32Array.of(0) : new Int32Array(0),
    wanted: Int32Array.from({ length: deployments }, () => between(0, options.copies)),
    most,
    conflictSide: Uint8Array.from({ length: conflicts * deployments }, () => pick([0, 1, 2])),
    groupKind,
    groupNodes,
    residentStart: Int32Array.from(starts),
    residentDeployment: Int32Array.from(all, ({ deployment }) => deployment),
    residentCopies: Int32Array.from(all, ({ copies }) => copies),
    residentHeld: Int32Array.from(all, ({ held }) => held),
    residentReward: Float64Array.from(all, ({ reward }) => reward),
    linkLeast: fill(rows, () => between(-4, 1)),
    linkStay: fill(rows * all.length, () => pick([0, 1, 1, 2])),
    linkNode: fill(rows * kinds, () => pick([0, 0, -1, -2])),
    linkCopy: hasCopyLinks ? fill(rows * kinds * deployments, () => pick([0, 0, -1, 1])) : new Float64Array(0)
  }
}
