import type { Clock } from '../execution/clock.js'
import { Listener } from '../execution/listener.js'
import { formatCount, formatDuration, formatMoney } from '../report/text/numbers.js'
import type { ControllerEvent, ControllerNotice } from './events.js'
import type { Unrest } from './stability.js'

/** Tells what happens, with the time and in words. What goes wrong with whoever listens goes wrong there. */
export class Voice {
  readonly #listener: Listener<ControllerEvent>

  constructor(
    private readonly clock: Clock,
    onEvent: ((event: ControllerEvent) => void) | undefined
  ) {
    this.#listener = new Listener(onEvent)
  }

  get fault(): string | null {
    return this.#listener.fault
  }

  tell(notice: ControllerNotice): void {
    this.#listener.tell({ ...notice, at: this.clock.now(), message: describeNotice(notice) })
  }
}

const UNREST: Readonly<Record<Unrest, string>> = {
  changed: 'has changed lately',
  'in-flight': 'has copies that start or drain',
  pending: 'has replicas without a node'
}

/** How long is waited still: whole seconds, and never fewer. */
export function formatWait(seconds: number): string {
  // What is left of a whole number of milliseconds may be a trifle more.
  return formatDuration(Math.ceil(seconds - 1e-3))
}

/** Why nothing is planned for now. */
export function describeWait(subject: string, reason: Unrest, remainingSeconds: number | null): string {
  const rest = remainingSeconds === null ? '' : `, for ${formatWait(remainingSeconds)} more`
  return `waiting${rest}: ${subject} ${UNREST[reason]}`
}

function describeNotice(notice: ControllerNotice): string {
  switch (notice.kind) {
    case 'started':
      return `started, to ${notice.mode}`
    case 'waiting':
      return describeWait(notice.subject, notice.reason, notice.remainingSeconds)
    case 'planned': {
      const { termination } = notice.result
      const migrations = formatCount(notice.result.objective?.migrations ?? 0, 'migration')
      return `planned (${termination}): ${migrations} for ${formatMoney(notice.savingPerHour)} an hour`
    }
    case 'kept':
      return `everything stays: ${notice.reason}`
    case 'recommended': {
      const { objective, releasedNodes } = notice.result
      const moves = formatCount(objective?.migrations ?? 0, 'migration')
      const nodes = formatCount(releasedNodes.length, 'node')
      return `recommended: ${moves} that release ${nodes} and save ${formatMoney(notice.savingPerHour)} an hour`
    }
    case 'resumed':
      return `going on with ${notice.plan}, which was begun before`
    case 'executing': {
      const moves = formatCount(notice.migrations, 'migration')
      return `carrying out ${notice.plan}: ${moves} for ${formatMoney(notice.savingPerHour)} an hour`
    }
    case 'execution':
      return `${notice.plan}: ${describeExecution(notice.event)}`
    case 'executed': {
      const { outcome, moves, seconds } = notice.report
      const done = moves.filter((move) => move.outcome === 'done').length
      const saved = `saves ${formatMoney(notice.savedPerHour)} an hour`
      return `${notice.plan} ${outcome} in ${formatDuration(seconds)}: ${done} of ${formatCount(moves.length, 'move')} done, ${saved}`
    }
    case 'drifted':
      return `the cluster changed under the plan: ${notice.reason}`
    case 'overdue':
      return `${notice.plan} takes longer than ${formatDuration(notice.seconds)}: it ends what it has begun`
    case 'reopened':
      return `opened what an earlier plan had left closed: ${notice.nodes.join(', ')}`
    case 'failed':
      return `${notice.part} failed: ${notice.reason}`
    case 'backing-off':
      return `nothing is done for ${formatDuration(notice.seconds)}, after ${formatCount(notice.failures, 'failure')} in a row`
    case 'round':
      return `round ended, ${notice.report.outcome}: ${notice.report.message}`
    case 'stopped':
      return 'stopped'
  }
}

/** What an execution tells, in a few words. */
function describeExecution(event: Extract<ControllerNotice, { kind: 'execution' }>['event']): string {
  const said = 'message' in event ? event.message : 'reason' in event ? event.reason : ''
  const subject = 'step' in event ? event.step : 'node' in event ? event.node : ''
  return [event.kind, subject, said].filter((part) => part !== '').join(' ')
}
