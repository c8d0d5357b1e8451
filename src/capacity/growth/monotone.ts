import type { Problem } from '../../../models/contract/problem.js'
import { wantedCounts } from '../question/scenario.js'

/**
 * Whether room for more copies of some deployments is room for fewer of them. Not so where a spread or an at-least rule counts them, which one
 * copy more may mend, nor where more run than are wanted, of which some may be pinned.
 */
export function isMonotone(room: Problem, growing: readonly number[]): boolean {
  const ids = new Set(growing.map((index) => room.deployments[index]?.id))
  const isCounted = room.rules.some((rule) => {
    return (rule.kind === 'spread' || rule.kind === 'at-least') && rule.deployments.some((id) => ids.has(id))
  })
  if (isCounted) return false
  const running = new Map<string, number>()
  for (const { deployment, node } of room.replicas) {
    if (node !== null) running.set(deployment, (running.get(deployment) ?? 0) + 1)
  }
  const wanted = wantedCounts(room)
  return room.deployments.every(({ id }, index) => !ids.has(id) || (running.get(id) ?? 0) <= (wanted[index] as number))
}
