import type { ColumnGeneration, Relaxation } from './column-generation.js'
import { type KindLimits, type Prices, type Worths, wideLimits } from './lagrangian-bound.js'

/** A part of all placements: those with so many active nodes of each kind. */
export interface Branch {
  readonly limits: KindLimits
  /** Lower bound on every placement in it. */
  readonly bound: number
  /** The prices that prove it. */
  readonly prices: Prices | null
  /** What contents are worth at most at these prices. */
  readonly worths: Worths | null
}

/** How many active nodes of each kind are not whole is told apart from rounding. */
const WHOLE = 1e-5
/** How near the relaxation of a branch is solved, relatively. */
const PRECISION = 1e-6
/** How near a relaxation without contents has to be solved so that branching on it says more than bounds by type do, relatively. */
const SOLVED = 0.01
/** Less than this is missing by rounding alone. */
const MISSING = 1e-6

/**
 * Parts of the time, or work, after which the root, and then branching, gives way to the search for solutions. Where contents matter
 * nobody else proves as much.
 */
const ROOT_SHARE = 0.2
const ROOT_SHARE_OF_GROUPS = 0.4
const BRANCHING_SHARE = 0.65

export interface BranchingHooks {
  /** Objective of a placement that is known: nothing at it or above is of interest. Infinity without one. */
  readonly cutoff: number
  /** A better bound, and the branches that prove it. */
  readonly onBound: (bound: number, branches: () => Branch[]) => void
  /** A relaxation whose numbers of active nodes are whole, and them. */
  readonly onWholeNumbers: (relaxation: Relaxation, active: Int32Array) => void
  /** Any other relaxation. */
  readonly onRelaxation: (relaxation: Relaxation, limits: KindLimits) => void
}

/**
 * Branches on the number of active nodes of each kind, the least bound first. Ends when nothing below the cutoff is left, or when the
 * branch of least bound has whole numbers: then these numbers say all that branching on them can. Returns branches that
 * together hold every placement, each with its bound.
 */
export function branchOnKinds(
  generation: ColumnGeneration,
  center: Prices | null,
  relativeGap: number,
  hooks: BranchingHooks
): Branch[] {
  const { problem, effort } = generation
  let open: Branch[] = [{ limits: wideLimits(problem), bound: -Infinity, prices: center, worths: null }]
  const closed: Branch[] = []
  const leastBound = (branches: readonly Branch[]) =>
    branches.reduce((least, { bound }) => Math.min(least, bound), Infinity)
  const { cutoff } = hooks
  const target = Number.isFinite(cutoff) ? cutoff - relativeGap * Math.abs(cutoff) : Infinity
  const rootShare = problem.groupKind.length > 0 ? ROOT_SHARE_OF_GROUPS : ROOT_SHARE
  let proven = -Infinity
  while (open.length > 0 && effort.share < BRANCHING_SHARE && !effort.isSpent) {
    open = open.sort((left, right) => right.bound - left.bound)
    const branch = open.pop() as Branch
    if (branch.bound >= Math.min(target, leastBound(closed))) {
      open.push(branch)
      break
    }
    const share = branch.bound === -Infinity ? rootShare : BRANCHING_SHARE
    const others = Math.min(leastBound(open), leastBound(closed))
    const tell = (bound: number, prices: Prices | null, worths: Worths | null) => {
      const least = Math.min(others, Math.max(branch.bound, bound))
      if (least <= proven) return
      proven = least
      const own = bound > branch.bound ? { limits: branch.limits, bound, prices, worths } : branch
      hooks.onBound(least, () => [...closed, ...open, own])
    }
    const relaxation = generation.converge({
      limits: branch.limits,
      center: branch.prices,
      isEnough: (bound, value) =>
        bound >= target || value - bound < PRECISION * Math.abs(value) || effort.share >= share,
      onBound: tell
    })
    const isBetter = relaxation.bound > branch.bound
    const solved: Branch = {
      limits: branch.limits,
      bound: isBetter ? relaxation.bound : branch.bound,
      prices: isBetter ? relaxation.center : branch.prices,
      worths: isBetter ? relaxation.worths : branch.worths
    }
    tell(solved.bound, solved.prices, solved.worths)
    const active = activeNodes(generation, relaxation)
    const isOpen = !effort.isSpent && solved.bound < target
    const choice = isOpen ? leastWhole(active, branch.limits) : -1
    if (choice < 0) {
      closed.push(solved)
      if (isOpen && relaxation.solution.missing < MISSING)
        hooks.onWholeNumbers(relaxation, Int32Array.from(active, Math.round))
    } else {
      hooks.onRelaxation(relaxation, branch.limits)
      // What was not solved in its time would not be in two parts, either.
      const isFar = relaxation.value - solved.bound > SOLVED * Math.abs(relaxation.value)
      if (isFar && problem.groupKind.length === 0) closed.push(solved)
      else open.push(...split(solved, choice, active[choice] as number))
    }
  }
  return [...closed, ...open]
}

function activeNodes({ master, problem }: ColumnGeneration, { solution }: Relaxation): Float64Array {
  const active = new Float64Array(problem.kinds)
  for (const [index, nodes] of solution.nodes.entries()) {
    const kind = master.patterns[index]?.kind as number
    active[kind] = (active[kind] as number) + nodes
  }
  return active
}

/**
 * The kind whose number is farthest from whole; −1 when all are. Where nothing supplies everything the numbers may be outside the limits: splitting
 * there would give the same branch again.
 */
function leastWhole(active: Float64Array, { least, most }: KindLimits): number {
  let choice = -1
  let farthest = WHOLE
  for (const [kind, nodes] of active.entries()) {
    if (nodes < (least[kind] as number) || nodes > (most[kind] as number)) continue
    const distance = Math.abs(nodes - Math.round(nodes))
    if (distance <= farthest) continue
    farthest = distance
    choice = kind
  }
  return choice
}

function split({ limits: { least, most }, bound, prices, worths }: Branch, kind: number, nodes: number): Branch[] {
  const fewer = most.slice()
  fewer[kind] = Math.floor(nodes)
  const more = least.slice()
  more[kind] = Math.ceil(nodes)
  return [
    { limits: { least, most: fewer }, bound, prices, worths },
    { limits: { least: more, most }, bound, prices, worths }
  ]
}
