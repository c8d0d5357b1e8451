import { groupBy } from '../grouping.js'
import type { Cluster } from './cluster.js'
import { Tally } from './excess.js'
import type { Handover } from './handovers.js'
import type { PlannedCopy } from './planned-copies.js'
import type { PlannedSteps } from './planned-steps.js'
import { restartedReplicas } from './starts.js'
import type { Report } from './violations.js'

type Span = readonly [start: number, end: number]

/** The run-time limits, as counting semaphores over the times of the plan, and the rungs it may use. */
export function checkLimits(
  cluster: Cluster,
  { plan, steps }: PlannedSteps,
  copies: readonly PlannedCopy[],
  handovers: readonly Handover[],
  report: Report
): void {
  const { inFlight, perDeployment, startsPerNode } = cluster.problem.migration.limits
  const check = (name: string, where: string, limit: number | null, spans: readonly Span[]) => {
    const most = limit === null ? 0 : highestOverlap(spans)
    if (limit === null || most <= limit) return
    report('limit', where, `${name}: ${most} at a time, ${limit} allowed`, most - limit)
  }
  const span = (first: number | undefined, last: number | undefined): Span => [
    steps[first as number]?.startSeconds ?? 0,
    steps[last as number]?.endSeconds ?? 0
  ]
  const flights = handovers.map(({ from, to }) => ({ deployment: from.deployment.id, span: span(to.start, from.stop) }))
  check(
    'inFlight',
    'plan',
    inFlight,
    flights.map((flight) => flight.span)
  )
  for (const [deployment, group] of groupBy(flights, (flight) => flight.deployment)) {
    check(
      'perDeployment',
      deployment,
      perDeployment,
      group.map((flight) => flight.span)
    )
  }
  const started = copies.filter((copy) => copy.start !== undefined)
  for (const [node, group] of groupBy(started, (copy) => copy.node.id)) {
    check(
      'startsPerNode',
      node,
      startsPerNode,
      group.map((copy) => span(copy.start, copy.start))
    )
  }
  const legs = new Tally<string>()
  for (const { id } of restartedReplicas(cluster, plan)) legs.add(id)
  for (const [replica, number] of legs) {
    if (number < 2 || cluster.problem.migration.rungs.includes('hop')) continue
    report('rung', replica, `${replica} moves in ${number} legs: hop is not allowed`, number - 1)
  }
}

/** The most spans that overlap anywhere; one that ends where another begins does not overlap it. */
function highestOverlap(spans: readonly Span[]): number {
  const changes = spans.flatMap(([start, end]) => (end > start ? [[start, 1] as const, [end, -1] as const] : []))
  changes.sort(([left, rise], [right, fall]) => left - right || rise - fall)
  let level = 0
  let most = 0
  for (const [, change] of changes) {
    level += change
    most = Math.max(most, level)
  }
  return most
}
