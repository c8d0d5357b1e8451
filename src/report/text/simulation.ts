import type { ClusterEvent } from '../../simulation/cluster-event.js'
import type { SimulatedViolation } from '../../simulation/invariant-watcher.js'
import type { Simulation } from '../../simulation/simulation.js'
import { printable } from './layout.js'
import { formatAmount, formatClock, formatCount, formatDuration } from './numbers.js'
import { plainStyle, type Style } from './style.js'
import { renderTimeline } from './timeline.js'

/** Beyond so many incidents, only the first are told. */
const MOST_INCIDENTS = 12

const OUTCOMES: Readonly<Record<Simulation['execution']['outcome'], string>> = {
  completed: 'completed',
  failed: 'some migrations failed',
  changed: 'ended early, since the cluster changed',
  tripped: 'ended early, since most migrations failed',
  aborted: 'aborted',
  expired: 'the plan had expired',
  abandoned: 'abandoned'
}

/** A simulated execution for people: what came of it, its timeline, what went wrong, and every violation. */
export function renderSimulation(simulation: Simulation, all = false, style: Style = plainStyle): string {
  const { steps, seconds, events, violations } = simulation
  const timeline = renderTimeline(steps, seconds, all, style)
  const incidents = events.flatMap((event) => {
    // So many and so alike that they would hide the others; how many there were is said above.
    if (!all && (event.kind === 'executor-crashed' || event.kind === 'executor-resumed')) return []
    const words = describeIncident(event)
    return words === undefined ? [] : [`  ${formatClock(event.atSeconds)}  ${printable(words)}`]
  })
  const told = all ? incidents : incidents.slice(0, MOST_INCIDENTS)
  const untold = incidents.length - told.length
  const sections = [
    describeOutcome(simulation, style),
    timeline,
    told.length === 0
      ? []
      : [
          style.strong('What went wrong'),
          ...told,
          ...(untold > 0 ? [style.faint(`  … and ${formatAmount(untold)} more; --all tells them`)] : [])
        ],
    violations.length > 0
      ? [style.bad(formatCount(violations.length, 'violation')), ...violations.map(describeViolation)]
      : [`${style.good('No violation')}: every limit held after each of ${formatCount(events.length, 'event')}.`]
  ]
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

function describeOutcome(
  { seconds, plannedSeconds, execution, isAsPlanned, isLegal, crashes, seed }: Simulation,
  style: Style
): string[] {
  const { outcome, retries, lostNodes, lostReplicas } = execution
  const words = outcome === 'completed' ? style.good(OUTCOMES[outcome]) : style.bad(OUTCOMES[outcome])
  const end = isAsPlanned
    ? 'ends in the planned placement'
    : isLegal
      ? 'ends elsewhere, in a legal cluster'
      : 'ends half-done'
  const facts = [
    `seed ${seed}`,
    ...(retries > 0 ? [formatCount(retries, 'further attempt')] : []),
    ...(crashes > 0 ? [formatCount(crashes, 'crash of the executor', 'crashes of the executor')] : []),
    ...(lostNodes.length > 0 ? [`${formatCount(lostNodes.length, 'node')} lost`] : []),
    ...(lostReplicas.length > 0 ? [`${formatCount(lostReplicas.length, 'replica')} lost`] : [])
  ]
  return [
    `${style.strong(`Simulated: ${formatDuration(Math.round(seconds))}`)}, planned ${formatDuration(plannedSeconds)}: ${words}, ${end}.`,
    style.faint(`  ${facts.join(', ')}`)
  ]
}

/** What went wrong, in words; undefined for what goes as it should. */
function describeIncident(event: ClusterEvent): string | undefined {
  switch (event.kind) {
    case 'node-died':
      return `${event.node} died`
    case 'node-cordoned':
      return event.by === undefined ? `${event.node} is closed by its owner` : undefined
    case 'foreign-arrived': {
      const amounts = Object.entries(event.amounts).map(([resource, amount]) => `${formatAmount(amount)} ${resource}`)
      return `others take ${amounts.join(', ')} on ${event.node}`
    }
    case 'foreign-left':
      return `others leave ${event.node}`
    case 'call-failed':
      return `${event.verb} of ${event.replica ?? event.node}: ${event.message}`
    case 'call-abandoned':
      return `${event.verb} of ${event.replica ?? event.node}: no answer in time`
    case 'executor-crashed':
      return 'the executor crashes'
    case 'executor-resumed':
      return 'another executor resumes'
    default:
      return undefined
  }
}

function describeViolation({ code, where, message, atSeconds, by }: SimulatedViolation): string {
  const call = by === '' ? 'in the end' : `by ${by}`
  return `  ${formatClock(atSeconds)}  ${code} at ${printable(where)}: ${printable(message)} (${printable(call)})`
}
