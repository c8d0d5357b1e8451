import type { PatternProblem } from '../../../models/formulations/pattern-problem.js'

/** Prices of the master's rows, at least 0. */
export interface Prices {
  /** Of one copy of each deployment. */
  readonly copy: Float64Array
  /** Of one unit of each linking row. */
  readonly link: Float64Array
}

/** How many nodes of each kind are active: at least and at most. */
export interface KindLimits {
  readonly least: Int32Array
  readonly most: Int32Array
}

/** Upper bounds on what one node's contents are worth at some prices. */
export interface Worths {
  /** [kind]: of contents of which nothing stays. */
  readonly plain: Float64Array
  /** [group]: of any contents. */
  readonly group: Float64Array
}

/** No limits but the nodes that there are. */
export function wideLimits({ available }: PatternProblem): KindLimits {
  return { least: new Int32Array(available.length), most: available.slice() }
}

/**
 * The Lagrangian bound: prices · what is wanted + the least that the choice of active nodes can add, where a node adds
 * cost − link prices · what it adds itself − worth of its contents. Of each kind at least and at most so many nodes are active: those
 * that add least. Valid for any prices ≥ 0 and any upper bounds on the worths; the proof stands in models/README.md.
 */
export function lagrangianBound(problem: PatternProblem, prices: Prices, worths: Worths, limits: KindLimits): number {
  const { wanted, linkLeast, available, groupKind, groupNodes, fixedCost, kinds } = problem
  let bound = fixedCost
  for (let deployment = 0; deployment < wanted.length; deployment++) {
    bound += (prices.copy[deployment] as number) * (wanted[deployment] as number)
  }
  for (let link = 0; link < linkLeast.length; link++) {
    bound += (prices.link[link] as number) * (linkLeast[link] as number)
  }
  const choices = Array.from({ length: kinds }, () => [] as Choice[])
  const others = available.slice()
  for (let group = 0; group < groupKind.length; group++) {
    const kind = groupKind[group] as number
    const nodes = groupNodes[group] as number
    const mustBeActive = isHeld(problem, group)
    const worth = worths.group[group] as number
    choices[kind]?.push({ adds: nodeCost(problem, prices, kind) - worth, nodes, mustBeActive })
    others[kind] = (others[kind] as number) - nodes
  }
  for (let kind = 0; kind < kinds; kind++) {
    const adds = nodeCost(problem, prices, kind) - (worths.plain[kind] as number)
    choices[kind]?.push({ adds, nodes: others[kind] as number, mustBeActive: false })
    bound += leastSum(choices[kind] as Choice[], limits.least[kind] as number, limits.most[kind] as number)
  }
  return bound
}

/** Nodes of a kind of which each adds the same. */
interface Choice {
  readonly adds: number
  readonly nodes: number
  readonly mustBeActive: boolean
}

function leastSum(choices: readonly Choice[], least: number, most: number): number {
  const inOrder = [...choices].sort(
    (left, right) => Number(right.mustBeActive) - Number(left.mustBeActive) || left.adds - right.adds
  )
  let sum = 0
  let active = 0
  for (const { adds, nodes, mustBeActive } of inOrder) {
    const wished = mustBeActive || adds < 0 ? nodes : least - active
    const chosen = Math.max(0, Math.min(nodes, mustBeActive ? nodes : most - active, wished))
    sum += chosen * adds
    active += chosen
  }
  return sum
}

/** What an active node of a kind costs before anything is on it, the prices of the linking rows taken off. */
export function nodeCost({ cost, kinds, linkLeast, linkNode }: PatternProblem, { link }: Prices, kind: number): number {
  let sum = cost[kind] as number
  for (let row = 0; row < linkLeast.length; row++) {
    sum -= (link[row] as number) * (linkNode[row * kinds + kind] as number)
  }
  return sum
}

/** What a copy on a kind of node is worth at some prices, for each deployment. */
export function copyWorths(problem: PatternProblem, { copy, link }: Prices, kind: number): Float64Array {
  const { kinds, deployments, linkCopy } = problem
  if (linkCopy.length === 0) return copy
  return copy.map((price, deployment) => {
    let worth = price
    for (let row = 0; row < link.length; row++) {
      worth += (link[row] as number) * (linkCopy[(row * kinds + kind) * deployments + deployment] as number)
    }
    return worth
  })
}

/** What a resident is worth more where it stays than one that arrives. */
export function stayWorths({ residentReward, linkStay }: PatternProblem, { link }: Prices): Float64Array {
  const residents = residentReward.length
  const worths = residentReward.slice()
  for (let row = 0; row < link.length; row++) {
    const price = link[row] as number
    if (price === 0) continue
    for (let resident = 0; resident < residents; resident++) {
      worths[resident] = (worths[resident] as number) + price * (linkStay[row * residents + resident] as number)
    }
  }
  return worths
}

/** Whether something on the nodes of a group must stay. */
export function isHeld({ residentStart, residentHeld }: PatternProblem, group: number): boolean {
  for (let resident = residentStart[group] as number; resident < (residentStart[group + 1] as number); resident++) {
    if ((residentHeld[resident] as number) > 0) return true
  }
  return false
}
