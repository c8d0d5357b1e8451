import type { Clock } from '../../../execution/clock.js'
import type { Call } from '../../../execution/driver.js'
import type { ClusterApi } from './api/cluster-api.js'
import type { Fleet } from './state/fleet.js'
import type { Locks } from './state/locks.js'
import type { NodeNames } from './state/node-names.js'

/** A call that has to wait, and for what. */
export interface WaitNotice {
  /** As in the journal. */
  readonly call: string
  /** For people: a whole clause without a full stop. */
  readonly reason: string
}

export interface DriverSettings {
  /** Who closes nodes. */
  readonly owner: string
  readonly pollMs: number
  readonly evictionRetryMs: number
  readonly nodeLostAfterMs: number
  readonly onWait: (notice: WaitNotice) => void
  readonly release: ((node: string, signal: AbortSignal) => Promise<void>) | undefined
  readonly provision:
    | ((node: string, type: string | undefined, signal: AbortSignal) => Promise<string | undefined>)
    | undefined
}

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
