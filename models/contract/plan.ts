import { z } from 'zod'
import { deviceIndices, identifier, quantity } from './quantities.js'

const timing = {
  id: identifier,
  /** Steps that have ended before this one begins. */
  after: z.array(identifier),
  startSeconds: quantity,
  endSeconds: quantity
}
/** The deployment of a replica that the Problem does not list. */
const copy = { replica: identifier, deployment: identifier.optional() }

/** One step of a migration. Steps on copies name the pair (replica, node). */
export const step = z.discriminatedUnion('action', [
  z.strictObject({ ...timing, action: z.literal('cordon'), node: identifier }),
  z.strictObject({ ...timing, action: z.literal('uncordon'), node: identifier }),
  z.strictObject({ ...timing, action: z.literal('provision'), node: identifier }),
  z.strictObject({
    ...timing,
    action: z.literal('start'),
    ...copy,
    node: identifier,
    devices: deviceIndices.optional()
  }),
  z.strictObject({ ...timing, action: z.literal('shift'), ...copy, from: identifier, to: identifier }),
  z.strictObject({ ...timing, action: z.literal('drain'), ...copy, node: identifier }),
  z.strictObject({ ...timing, action: z.literal('stop'), ...copy, node: identifier }),
  z.strictObject({ ...timing, action: z.literal('release'), node: identifier })
])
export type Step = z.infer<typeof step>
export type Action = Step['action']

/** The ordered, safe migration. Every order of the steps that respects `after` is safe, and so is every prefix. */
export const plan = z.strictObject({
  /** partial: a safe part of what was wished for. */
  status: z.enum(['complete', 'partial']),
  steps: z.array(step),
  makespanSeconds: quantity
})
export type Plan = z.infer<typeof plan>
