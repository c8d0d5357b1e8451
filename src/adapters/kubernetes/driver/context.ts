import type { Clock } from '../../../execution/clock.js'
import type { Call } from '../../../execution/driver.js'
import type { ClusterApi } from './api/cluster-api.js'
import type { DriverSettings } from './options.js'
import type { Fleet } from './state/fleet.js'
import type { Locks } from './state/locks.js'
import type { NodeNames } from './state/node-names.js'

/** What the verbs of a driver share. */
export interface DriverContext {
  readonly api: ClusterApi
  readonly fleet: Fleet
  readonly nodes: NodeNames
  readonly locks: Locks
  readonly clock: Clock
  readonly settings: DriverSettings
}

/** The plan of a call: what stands before the step in its id. */
export function planOf(step: { readonly id: string }, { id }: Call): string {
  const at = id.lastIndexOf(`/${step.id}/`)
  return at < 0 ? id : id.slice(0, at)
}
