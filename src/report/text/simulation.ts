import type { SimulatedViolation } from '../../simulation/invariant-watcher.js'
import type { Simulation } from '../../simulation/simulation.js'
import { renderIncidents } from './incidents.js'
import { printable } from './layout.js'
import { formatClock, formatCount, formatDuration } from './numbers.js'
import { plainStyle, type Style } from './style.js'
import { renderTimeline } from './timeline.js'

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
  const { events, violations } = simulation
  const sections = [
    describeOutcome(simulation, style),
    renderTimeline(simulation, all, style),
    renderIncidents(simulation, all, style),
    violations.length > 0
      ? [style.bad(formatCount(violations.length, 'violation')), ...violations.map(describeViolation)]
      : [`${style.good('No violation')}: every limit held after each of ${formatCount(events.length, 'event')}.`]
  ]
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

function describeOutcome(simulation: Simulation, style: Style): string[] {
  const { seconds, plannedSeconds, execution, crashes, seed } = simulation
  const { outcome, halt, retries, unreturnedNodes } = execution
  const early = outcome === 'tripped' && halt !== null ? `ended early, since ${halt.message}` : OUTCOMES[outcome]
  const words = outcome === 'completed' ? style.good(early) : style.bad(early)
  const deaths = readDeaths(simulation)
  const planned = deaths.missing - deaths.untouched
  const facts = [
    `seed ${seed}`,
    ...(retries > 0 ? [formatCount(retries, 'further attempt')] : []),
    ...(crashes > 0 ? [formatCount(crashes, 'crash of the executor', 'crashes of the executor')] : []),
    ...(deaths.nodes > 0 ? [describeDeaths(deaths)] : []),
    ...(planned > 0 ? [`${formatCount(planned, 'replica')} of the plan lost`] : []),
    ...(unreturnedNodes.length > 0 ? [describeUnreturned(unreturnedNodes)] : [])
  ]
  return [
    `${style.strong(`Simulated: ${formatDuration(Math.round(seconds))}`)}, planned ${formatDuration(plannedSeconds)}: ${words}, ${describeEnd(simulation, deaths)}.`,
    style.faint(`  ${facts.join(', ')}`)
  ]
}

interface Deaths {
  readonly nodes: number
  /** Replicas that were on them and that no step of the plan is about. */
  readonly untouched: number
  /** Replicas of which nothing serves in the end, those of the plan included, whether the executor knows it or not. */
  readonly missing: number
}

function readDeaths({ events, steps, placement, execution }: Simulation): Deaths {
  const deaths = events.flatMap((event) => (event.kind === 'node-died' ? [event] : []))
  const planned = new Set(steps.map(({ replica }) => replica))
  const left = new Set(placement.map(({ replica }) => replica))
  const died = deaths.flatMap(({ replicas }) => replicas).filter((replica) => !left.has(replica))
  const missing = new Set([...died, ...execution.lostReplicas])
  const untouched = new Set(died.filter((replica) => !planned.has(replica)))
  return { nodes: deaths.length, untouched: untouched.size, missing: missing.size }
}

function describeDeaths({ nodes, untouched }: Deaths): string {
  const died = `${formatCount(nodes, 'node')} died`
  return untouched === 0 ? died : `${died}, with ${formatCount(untouched, 'replica')} the plan does not touch`
}

/** Nobody wants to read a hundred names here; they are all in the report. */
const MOST_NODES = 3

function describeUnreturned(nodes: readonly string[]): string {
  const names = nodes.slice(0, MOST_NODES).map(printable).join(', ')
  const rest = nodes.length > MOST_NODES ? ', …' : ''
  return `${formatCount(nodes.length, 'rented node')} ${nodes.length === 1 ? 'stays' : 'stay'}: ${names}${rest}`
}

/** Where the cluster ends; one in which replicas are missing must not read as a sound one. */
function describeEnd({ isAsPlanned, isLegal, violations }: Simulation, { missing }: Deaths): string {
  if (isAsPlanned) return 'ends in the planned placement'
  const without = missing > 0 ? `, with ${formatCount(missing, 'replica')} lost` : ''
  if (!isLegal) return `ends half-done${without}`
  return `ends elsewhere${without}${violations.length === 0 ? '; no limit was broken' : ''}`
}

function describeViolation({ code, where, message, atSeconds, by }: SimulatedViolation): string {
  const call = by === '' ? 'in the end' : `by ${by}`
  return `  ${formatClock(atSeconds)}  ${code} at ${printable(where)}: ${printable(message)} (${printable(call)})`
}
