import type { Producer } from '../../../models/contract/placement.js'
import type { Problem } from '../../../models/contract/problem.js'
import type { ObjectiveValue, Result, Termination } from '../../../models/contract/result.js'
import { formatDuration, formatMoney, formatPercent } from './numbers.js'
import type { Style } from './style.js'

/** A gap that counts as closed (contract: `optimal` is a gap of at most 10⁻⁶). */
const CLOSED_GAP = 1e-6

const MAKERS: Record<Producer, string> = {
  mip: 'mixed-integer programming',
  'column-generation': 'column generation',
  'local-search': 'local search',
  greedy: 'greedy packing',
  initial: 'leaving everything where it is'
}

/** Makers that have the work done by a solver. */
const SOLVER_ASKED: ReadonlySet<Producer> = new Set(['mip', 'column-generation', 'local-search'])

/** What proves bounds, by the name of the search. */
const PROVERS: ReadonlyMap<string, string> = new Map([
  ['covering-bound', 'the sum of all demands'],
  ['bound-by-type', 'the program of node types'],
  ['column-generation', 'column generation'],
  ['compact-model', 'mixed-integer programming'],
  ['drain-sequences', 'trying every sequence of drains'],
  ['relaxation', 'plans that drain no nodes as a whole']
])

/** Provers that ask no solver. */
const BY_ITSELF: readonly string[] = ['covering-bound', 'drain-sequences']

/** What a plan is that is restricted to drains. */
const EXECUTABLE = 'plan that Ray Serve can execute'
/** Who made it. */
const BY_DRAINS = 'a search over sequences of drains'

const REASONS: Record<Termination, string> = {
  optimal: 'finished',
  'gap-limit': 'stopped at the gap asked for',
  // Or there was nothing left to try: the Result does not tell the two apart.
  'time-limit': 'search ended',
  'work-limit': 'work limit reached',
  interrupted: 'interrupted',
  infeasible: 'stopped',
  failed: 'stopped by a failure'
}

/** Whether the placement was given, and only the migration to it planned. */
export function isGiven({ solve }: Result): boolean {
  return solve.solver === 'none'
}

/** How good the placement is proven to be, in one sentence; then how it was found, in another. */
export function describeProof(problem: Problem, result: Result, objective: ObjectiveValue, style: Style): string[] {
  return [describeQuality(problem, result, objective, style), describeSearch(result)]
}

export function describeQuality(
  problem: Problem,
  { bound, gap, solve }: Result,
  objective: ObjectiveValue,
  style: Style
): string {
  if (bound === undefined || gap === undefined || gap >= 1)
    return 'no bound proven: how much cheaper it could be is unknown'
  const horizon = problem.objective.horizonHours
  const [placement, plan] = solve.executableOn === undefined ? ['placement', 'plan'] : [EXECUTABLE, EXECUTABLE]
  if (gap <= CLOSED_GAP) {
    const optimal = style.good('proven optimal')
    return horizon === null
      ? `${optimal}: no ${placement} costs less than ${formatMoney(objective.costPerHour)} an hour`
      : `${optimal}: over ${horizon} h no ${plan} costs less than ${formatMoney(objective.total)}, moves included`
  }
  const within = style.strong(`within ${formatPercent(gap)} of the optimum`)
  return horizon === null
    ? `${within}: no ${placement} costs less than ${formatMoney(bound.costPerHour)} an hour`
    : `${within}: over ${horizon} h no ${plan} costs less than ${formatMoney(bound.total)}, moves included`
}

/** Who made the placement, if there is one, who proved the bound, if that is known, and why the search stopped. */
export function describeSearch(result: Result): string {
  const { producer, solve, termination } = result
  const prover = findProver(result)
  const isSame =
    prover !== undefined && producer !== undefined && PROVERS.get(prover) === MAKERS[producer] && !isStart(result)
  const solver = solve.solver === undefined ? '' : ` (${solve.solver})`
  const says: string[] = []
  if (producer !== undefined) {
    const isGivenStart = isStart(result)
    const isDrained = solve.executableOn !== undefined && producer === 'local-search'
    const asks = SOLVER_ASKED.has(producer) && !isGivenStart && !isDrained
    const maker = `${isDrained ? BY_DRAINS : MAKERS[producer]}${asks ? solver : ''}`
    says.push(isGivenStart ? `given as the start (${maker})` : `found${isSame ? ' and bounded' : ''} by ${maker}`)
    if (prover !== undefined && !isSame) {
      says.push(`bound by ${PROVERS.get(prover) ?? prover}${asks || BY_ITSELF.includes(prover) ? '' : solver}`)
    }
  }
  return [...says, `${REASONS[termination]} after ${formatDuration(solve.seconds)}`].join(', ')
}

/** The search that proved the bound of the Result; undefined where it is what is paid whatever happens. */
function findProver({ bound, solve }: Result): string | undefined {
  const [best] = (solve.searches ?? [])
    .filter((search) => search.bound !== undefined)
    .sort((left, right) => (right.bound as number) - (left.bound as number))
  // Bounds are cut at what the placement costs.
  return bound !== undefined && bound.total > 0 && (best?.bound ?? 0) >= bound.total * (1 - 1e-9)
    ? best?.name
    : undefined
}

/** Whether the placement is the start that was given: nothing better was found. */
function isStart({ producer, solve }: Result): boolean {
  const last = solve.incumbents.at(-1)
  return last?.search === 'start' && last.producer === producer
}
