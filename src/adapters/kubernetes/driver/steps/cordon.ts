import * as z from 'zod'
import type { Call, StepOf } from '../../../../execution/driver.js'
import { isFault } from '../api/api-fault.js'
import { annotationOf, type SeenNode } from '../api/seen-objects.js'
import { type DriverContext, planOf } from '../context.js'
import { pollUntil } from '../polling.js'
import { CORDON } from '../state/annotations.js'
import { expectNode } from './node-health.js'

const mark = z.object({ owner: z.string(), plan: z.string() })

/** Closes a node and marks it as closed by us; one that its owner has closed stays his. */
export function cordon(context: DriverContext, step: StepOf<'cordon'>, call: Call): Promise<void> {
  const { owner } = context.settings
  const value = JSON.stringify({ owner, plan: planOf(step, call) })
  return change(context, step.node, call, (node) => {
    const isClosed = node.spec?.unschedulable === true
    if (isClosed && (ownerOf(node) !== owner || annotationOf(node, CORDON) === value)) return null
    return { unschedulable: true, annotation: value }
  })
}

/** Opens a node that we have closed; one that others have closed stays closed. */
export async function uncordon(context: DriverContext, step: StepOf<'uncordon'>, call: Call): Promise<void> {
  await change(context, step.node, call, (node) => {
    if (ownerOf(node) !== context.settings.owner) return null
    return { unschedulable: null, annotation: null }
  })
}

/** Who has closed a node, by its mark; null: none is there that can be read. */
function ownerOf(node: SeenNode): string | null {
  try {
    const read = mark.safeParse(JSON.parse(annotationOf(node, CORDON) ?? 'null'))
    return read.success ? read.data.owner : null
  } catch {
    return null
  }
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
    const patch = { metadata: { resourceVersion, annotations: { [CORDON]: annotation } }, spec: { unschedulable } }
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
