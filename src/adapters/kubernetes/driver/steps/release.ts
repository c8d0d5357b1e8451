import { type Call, StepError, type StepOf } from '../../../../execution/driver.js'
import { controllerOf, namespaceOf } from '../../objects/metadata.js'
import { hasEnded } from '../../objects/pod.js'
import { annotationOf, type SeenPod } from '../api/seen-objects.js'
import type { DriverContext } from '../context.js'
import { pollUntil } from '../polling.js'
import { PLANNED_NODE, RELEASED } from '../state/annotations.js'
import { isReleased } from '../state/cordon-mark.js'
import { expectNode } from './node-health.js'

/** How many pods a refusal names. */
const MOST_NAMED = 3

/** Gives an empty node to the callback; without one it stays closed, marked, for the autoscaler to take. */
export async function release(context: DriverContext, step: StepOf<'release'>, { signal }: Call): Promise<void> {
  const { api, clock, settings } = context
  const node = await expectNode(context, step.node, signal)
  const { name } = node.metadata
  const left = (await api.podsOnNode(name, signal)).filter(keepsNode)
  if (left.length > 0) {
    const names = left.slice(0, MOST_NAMED).map(({ metadata }) => `${namespaceOf(metadata)}/${metadata.name}`)
    const others = left.length > MOST_NAMED ? ` and ${left.length - MOST_NAMED} more` : ''
    throw new StepError('refused', `${name} is not empty: ${names.join(', ')}${others} run there`)
  }
  signal.throwIfAborted()
  if (settings.release !== undefined) {
    await settings.release(name, signal)
    return
  }
  if (isReleased(node)) return
  const annotations = { [RELEASED]: new Date(clock.now()).toISOString() }
  // What was got for a plan, and is given back before it was used, was never closed.
  await api.patchNode(name, { metadata: { annotations }, spec: { unschedulable: true } }, signal)
}

/** Whether a pod has to go before its node may: not those that come with the node. */
function keepsNode(pod: SeenPod): boolean {
  const isMirror = annotationOf(pod, 'kubernetes.io/config.mirror') !== undefined
  return !isMirror && !hasEnded(pod) && controllerOf(pod.metadata)?.kind !== 'DaemonSet'
}

/** Asks the callback for a node, and waits until it is ready and open. */
export async function provision(context: DriverContext, step: StepOf<'provision'>, call: Call): Promise<void> {
  const { api, nodes, settings } = context
  const { signal } = call
  if (settings.provision === undefined) {
    throw new StepError(
      'refused',
      `${step.node} is to be bought, and nobody does that: give kubernetesDriver a function provision, or the Problem no nodeTypes`
    )
  }
  let name = await nodes.real(step.node, signal)
  const isThere = (await api.nodes(signal)).some(({ metadata }) => metadata.name === name)
  if (!isThere) {
    name = (await settings.provision(step.node, step.type, signal)) ?? step.node
    nodes.set(step.node, name)
  }
  await pollUntil(context, signal, async () => {
    const node = (await api.nodes(signal)).find(({ metadata }) => metadata.name === name)
    if (node === undefined) return undefined
    if (annotationOf(node, PLANNED_NODE) !== step.node) {
      await api.patchNode(name, { metadata: { annotations: { [PLANNED_NODE]: step.node } } }, signal)
    }
    const isReady = node.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false
    return isReady && node.spec?.unschedulable !== true ? true : undefined
  })
}
