import { StepError } from '../../../../execution/driver.js'
import { isFault } from '../api/api-fault.js'
import type { SeenNode } from '../api/seen-objects.js'
import type { DriverContext } from '../context.js'

/**
 * The node as it is. Rejects with StepError `node-lost` where the cluster does not have it any more, or has not heard of its kubelet
 * for too long. Named as in the plan.
 */
export async function expectNode(
  { api, nodes, clock, settings }: DriverContext,
  planned: string,
  signal: AbortSignal
): Promise<SeenNode> {
  const name = await nodes.real(planned, signal)
  const node = await api.node(name, signal).catch((error: unknown) => {
    throw isFault(error, 404) ? new StepError('node-lost', `the node ${name} is gone`, planned) : error
  })
  const ready = node.status?.conditions?.find(({ type }) => type === 'Ready')
  const silentSince = ready?.status === 'Unknown' ? Date.parse(ready.lastTransitionTime ?? '') : Number.NaN
  if (clock.now() - silentSince >= settings.nodeLostAfterMs) {
    const since = ready?.lastTransitionTime ?? ''
    throw new StepError('node-lost', `nothing was heard of the node ${name} since ${since}`, planned)
  }
  return node
}
