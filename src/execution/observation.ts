import { exceeds } from '../../models/checker/tolerance.js'
import { formatPrecise } from '../report/text/numbers.js'
import type { Observation, StepOf } from './driver.js'

/** What is not as a start expects it, in words; null: nothing of what the driver sees. */
export function findChange(
  { replica, node, expects }: StepOf<'start'>,
  { hosts, free, isOpen }: Observation,
  lostNodes: ReadonlySet<string>
): string | null {
  if (expects === undefined) return null
  const { host, room } = expects
  if (hosts !== undefined) {
    const unexpected = hosts.find((each) => each !== host)
    if (unexpected !== undefined) return `${replica} runs on ${unexpected}, expected ${host ?? 'nowhere'}`
    // From a node that is gone it has gone, too; that is why it is started elsewhere.
    if (host !== null && !hosts.includes(host) && !lostNodes.has(host)) return `${replica} no longer runs on ${host}`
  }
  if (isOpen === false) return `${node} takes no newcomers`
  for (const [resource, needed] of Object.entries(room)) {
    const there = free !== undefined && Object.hasOwn(free, resource) ? free[resource] : undefined
    if (there === undefined || (Number.isFinite(there) && !exceeds(needed, there))) continue
    return `${node} has ${formatPrecise(there)} ${resource} free, expected ${formatPrecise(needed)}`
  }
  return null
}
