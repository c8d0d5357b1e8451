import type { Problem } from '../../../models/contract/problem.js'
import type { Result } from '../../../models/contract/result.js'
import { openPlayback } from './playback.js'

/** How a migration stands from a moment on, until the next. */
export interface CourseMoment {
  readonly seconds: number
  /** Copies that have been started and are not ready. */
  readonly starting: number
  readonly draining: number
  /** Migrations that have begun and not ended. */
  readonly inFlight: number
  readonly migrationsDone: number
  /** Nodes that the plan has closed and not given back, opened again or those closed by their owner. */
  readonly cordoned: number
  readonly released: number
  /** New nodes that are ordered or there. */
  readonly provisioned: number
  readonly costPerHour: number
}

/** A plan by its schedule: a moment for every time at which anything begins or ends, the outset included. Takes what `parseProblem` and `parseResult` give. */
export function courseOf(problem: Problem, result: Result): CourseMoment[] {
  const playback = openPlayback(problem, result)
  const times = new Set([0, ...playback.steps.flatMap(({ startSeconds, endSeconds }) => [startSeconds, endSeconds])])
  const spans = (action: 'start' | 'drain') => levelOver(result, action)
  const [starting, draining] = [spans('start'), spans('drain')]
  const closed = new Set(problem.nodes.flatMap(({ id, acceptsReplicas }) => (acceptsReplicas ? [] : [id])))
  const standings = new Map<string, 'cordoned' | 'released' | 'provisioned' | undefined>()
  const counts = { cordoned: 0, released: 0, provisioned: 0 }
  const bought = new Set(result.newNodes.map(({ id }) => id))
  return [...times]
    .sort((one, other) => one - other)
    .map((seconds) => {
      const { changed, migrations, costPerHour } = playback.atSeconds(seconds)
      for (const id of changed) {
        const node = playback.node(id)
        const was = standings.get(id)
        const now =
          node?.presence === 'released'
            ? 'released'
            : node?.cordoned === true && !closed.has(id)
              ? 'cordoned'
              : bought.has(id) && node?.presence !== 'awaited'
                ? 'provisioned'
                : undefined
        standings.set(id, now)
        if (was !== undefined) counts[was] -= 1
        if (now !== undefined) counts[now] += 1
      }
      return {
        seconds,
        starting: starting(seconds),
        draining: draining(seconds),
        inFlight: migrations.inFlight,
        migrationsDone: migrations.done,
        ...counts,
        costPerHour
      }
    })
}

/** How many steps of a kind are under way, asked for by rising times. */
function levelOver({ plan }: Result, action: 'start' | 'drain'): (seconds: number) => number {
  const changes = plan.steps
    .filter((step) => step.action === action && step.endSeconds > step.startSeconds)
    .flatMap(({ startSeconds, endSeconds }) => [[startSeconds, 1] as const, [endSeconds, -1] as const])
    .sort(([one], [other]) => one - other)
  let next = 0
  let level = 0
  return (seconds) => {
    for (let change = changes[next]; change !== undefined && change[0] <= seconds; change = changes[++next])
      level += change[1]
    return level
  }
}
