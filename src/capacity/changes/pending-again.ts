import type { Replica } from '../../../models/contract/problem.js'

/** A replica whose node is not there any more: it waits for another one. */
export function pendingAgain({ devices: _devices, replaces: _replaces, gang: _gang, ...replica }: Replica): Replica {
  return { ...replica, node: null, state: 'running' }
}
