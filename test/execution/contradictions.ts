import type { ExecutionReport } from '../../src/execution/report.js'
import type { PlannedCase, World } from './random-execution.js'

/** What a report says that is not so, or must not be. */
export function findContradictions(
  { cluster, lost }: World,
  { plan, sequence }: PlannedCase,
  report: ExecutionReport
): string[] {
  const found: string[] = []
  const states = new Map(report.steps.map(({ id, state }) => [id, state]))
  const isGood = (id: string) => ['done', 'skipped'].includes(states.get(id) ?? '')
  for (const { id, after, action } of plan.steps) {
    const state = states.get(id) as string
    if (['waiting', 'running', 'undoing'].includes(state)) found.push(`${id} is ${state} at the end`)
    if (state === 'cancelled') continue
    // What was begun is closed under `after`: but for starts that were taken back, or died, later.
    for (const before of after) {
      const cause = plan.steps.find((step) => step.id === before)?.action ?? ''
      const isTakenBack = ['undone', 'failed', 'stuck'].includes(states.get(before) ?? '')
      // Nodes are opened again when everything that concerns them is over.
      if (['cordon', 'provision'].includes(cause) && isTakenBack) continue
      const isGone = cause === 'start' && isTakenBack
      if (!isGood(before) && !isGone) found.push(`${id} is ${state}, but ${before} is ${states.get(before)}`)
      if (isGone && action !== 'shift' && state === 'done') found.push(`${id} is done, but ${before} is gone`)
    }
  }
  const hopping = new Set(
    report.moves.map(({ replica }) => replica).filter((id, index, all) => all.indexOf(id) < index)
  )
  for (const { replica, from, to, outcome } of report.moves) {
    if (hopping.has(replica)) continue
    const hosts = cluster.hostsOf(replica)
    const alive = (node: string | null) => (node === null || lost.has(node) ? [] : [node])
    const expected =
      outcome === 'done' ? alive(to) : outcome === 'undone' || outcome === 'cancelled' ? alive(from) : null
    const isWait = to !== null && from === null && outcome !== 'done'
    if (expected === null || isWait || (to === null && outcome !== 'done')) continue
    if (JSON.stringify(hosts) !== JSON.stringify(expected)) found.push(`${replica}: ${outcome}, but on ${hosts}`)
    if (from !== null && outcome === 'undone' && expected.length > 0 && cluster.serving.get(replica) !== from) {
      if (cluster.stateOf(replica, from) === 'ready') found.push(`${replica}: undone, but requests go elsewhere`)
    }
  }
  for (const node of report.releasedNodes) if (!cluster.released.has(node)) found.push(`${node} is not released`)
  for (const node of cluster.cordoned) {
    const isLeft = report.cordonedNodes.includes(node) || cluster.released.has(node) || lost.has(node)
    if (!isLeft) found.push(`${node} is cordoned, which is not reported`)
  }
  const wasLost = report.lostNodes.filter((node) => !lost.has(node))
  if (wasLost.length > 0) found.push(`${wasLost} are not lost`)
  if (sequence.plan.steps.length !== report.steps.length) found.push('not every step is reported')
  return found
}
