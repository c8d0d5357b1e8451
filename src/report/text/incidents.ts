import type { ClusterEvent } from '../../simulation/cluster-event.js'
import type { Simulation } from '../../simulation/simulation.js'
import { printable } from './layout.js'
import { formatAmount, formatClock } from './numbers.js'
import type { Style } from './style.js'

/** Beyond so many incidents, only the first are told, and why the execution ended early. */
const MOST_INCIDENTS = 12

/** What went wrong in a simulation, in the order in which it happened. */
export function renderIncidents(simulation: Simulation, all: boolean, style: Style): string[] {
  const replicas = new Map(simulation.steps.map(({ id, replica }) => [id, replica ?? id]))
  const incidents = simulation.events.flatMap((event) => {
    // So many and so alike that they would hide the others; how many there were is said above.
    if (!all && (event.kind === 'executor-crashed' || event.kind === 'executor-resumed')) return []
    const words = describeIncident(event, (step) => replicas.get(step) ?? step)
    if (words === undefined) return []
    return [
      { line: `  ${formatClock(event.atSeconds)}  ${printable(words)}`, isDecisive: event.kind === 'executor-halted' }
    ]
  })
  if (incidents.length === 0) return []
  const told = incidents.filter(({ isDecisive }, index) => all || isDecisive || index < MOST_INCIDENTS)
  const untold = incidents.length - told.length
  return [
    style.strong('What went wrong'),
    ...told.map(({ line }) => line),
    ...(untold > 0 ? [style.faint(`  … and ${formatAmount(untold)} more; --all tells them`)] : [])
  ]
}

/** What went wrong, in words; undefined for what goes as it should. */
function describeIncident(event: ClusterEvent, replicaOf: (step: string) => string): string | undefined {
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
    case 'change-observed':
      return `${replicaOf(event.step)} is not started: ${event.message}`
    case 'executor-halted':
      return describeHalt(event)
    case 'executor-crashed':
      return 'the executor crashes'
    case 'executor-resumed':
      return 'another executor resumes'
    default:
      return undefined
  }
}

function describeHalt({ reason, message }: Extract<ClusterEvent, { readonly kind: 'executor-halted' }>): string {
  const rest = 'no further migration is begun'
  if (reason === 'changed') return `${rest}, since the cluster changed: ${message}`
  return reason === 'tripped' ? `the breaker trips, ${rest}: ${message}` : `${rest}: ${message}`
}
