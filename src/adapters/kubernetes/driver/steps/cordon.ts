import type { Call, StepOf } from '../../../../execution/driver.js'
import { isFault } from '../api/api-fault.js'
import { annotationOf, type SeenNode } from '../api/seen-objects.js'
import { type DriverContext, planOf } from '../context.js'
import { pollUntil } from '../polling.js'
import { CORDON, RELEASED } from '../state/annotations.js'
import { cordonerOf, writeCordonMark } from '../state/cordon-mark.js'
import { expectNode } from './node-health.js'

/** Closes a node and marks it as closed by us; one that its owner has closed stays his. */
export function cordon(context: DriverContext, step: StepOf<'cordon'>, call: Call): Promise<void> {
  const { owner } = context.settings
  const value = writeCordonMark(owner, planOf(step, call))
  return change(context, step.node, call, (node) => {
    const isClosed = node.spec?.unschedulable === true
    if (isClosed && (cordonerOf(node) !== owner || annotationOf(node, CORDON) === value)) return null
    return { unschedulable: true, annotation: value }
  })
}

/** Opens a node that we have closed; one that others have closed stays closed. */
export async function uncordon(context: DriverContext, step: StepOf<'uncordon'>, call: Call): Promise<void> {
  await change(context, step.node, call, (node) => {
    if (cordonerOf(node) !== context.settings.owner) return null
    return { unschedulable: null, annotation: null }
  })
}

interface Change {
  readonly unschedulable: true | null
  readonly annotation: string | null
}

/** Writes a change unless the node has changed meanwhile: then it is looked at again. */
function change(
  context: DriverContext,
  planned: string,
  { signal }: Call,
  decide: (node: SeenNode) => Change | null
): Promise<void> {
  return pollUntil(context, signal, async () => {
    const node = await expectNode(context, planned, signal)
    const change = decide(node)
    if (change === null) return DONE
    const { name, resourceVersion } = node.metadata
    const { unschedulable, annotation } = change
    // What is closed anew, or open, is not one that an earlier plan has emptied.
    const annotations = { [CORDON]: annotation, [RELEASED]: null }
    const patch = { metadata: { resourceVersion, annotations }, spec: { unschedulable } }
    try {
      await context.api.patchNode(name, patch, signal)
      return DONE
    } catch (error) {
      if (isFault(error, 404)) return undefined
      throw error
    }
  }).then(() => undefined)
}

const DONE = true
