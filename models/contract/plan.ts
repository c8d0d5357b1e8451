import * as z from 'zod'
import { deviceIndices, identifier, total } from './quantities.js'

const timing = {
  id: identifier.describe('Name of the step, unique in the plan.'),
  after: z.array(identifier).describe('Ids of the steps that have ended before this one begins.'),
  startSeconds: total.describe('When it begins by schedule, in seconds from the beginning of the plan.'),
  endSeconds: total.describe('When it ends by schedule, in seconds from the beginning of the plan.')
}
const copy = {
  replica: identifier.describe('Id of the replica.'),
  deployment: identifier.optional().describe('Id of its deployment, for a replica that the Problem does not list.')
}
const action = <const Action extends string>(value: Action) => z.literal(value).describe('What is done.')
const here = identifier.describe('Id of the node concerned.')

/** One step of a migration. Steps on copies name the pair (replica, node). */
export const step = z.discriminatedUnion('action', [
  z.strictObject({ ...timing, action: action('cordon'), node: here }),
  z.strictObject({ ...timing, action: action('uncordon'), node: here }),
  z.strictObject({ ...timing, action: action('provision'), node: here }),
  z.strictObject({
    ...timing,
    action: action('start'),
    ...copy,
    node: here,
    devices: deviceIndices.optional().describe('Devices that the copy takes, by resource, counted from 0.')
  }),
  z.strictObject({
    ...timing,
    action: action('shift'),
    ...copy,
    from: identifier.describe('Id of the node that serves until now.'),
    to: identifier.describe('Id of the node that serves from now on.')
  }),
  z.strictObject({ ...timing, action: action('drain'), ...copy, node: here }),
  z.strictObject({ ...timing, action: action('stop'), ...copy, node: here }),
  z.strictObject({ ...timing, action: action('release'), node: here })
])
export type Step = z.infer<typeof step>
export type Action = Step['action']

/** The ordered, safe migration. Every order of the steps that respects `after` is safe, and so is every prefix. */
export const plan = z.strictObject({
  status: z.enum(['complete', 'partial']).describe('partial: a safe part of what was wished for.'),
  steps: z.array(step).describe('The steps, in an order in which they may be carried out.'),
  makespanSeconds: total.describe('When the last step ends by schedule, in seconds.')
})
export type Plan = z.infer<typeof plan>
