import * as z from 'zod'
import { annotationOf } from '../api/seen-objects.js'
import { CORDON, RELEASED } from './annotations.js'

/** Who closes nodes, unless the caller names another. */
export const DEFAULT_OWNER = 'replica-compactor'

const mark = z.object({ owner: z.string(), plan: z.string() })

type Annotated = Parameters<typeof annotationOf>[0]

/** The mark of a node that a plan closes. */
export function writeCordonMark(owner: string, plan: string): string {
  return JSON.stringify({ owner, plan })
}

/** Who has closed a node, by its mark; null: none is there that can be read. */
export function cordonerOf(node: Annotated): string | null {
  try {
    const read = mark.safeParse(JSON.parse(annotationOf(node, CORDON) ?? 'null'))
    return read.success ? read.data.owner : null
  } catch {
    return null
  }
}

/** Whether a plan has emptied a node and left it closed for whoever takes nodes away. */
export function isReleased(
  node: Annotated & { readonly spec?: { readonly unschedulable?: boolean | null | undefined } | null | undefined }
): boolean {
  return node.spec?.unschedulable === true && annotationOf(node, RELEASED) !== undefined
}
