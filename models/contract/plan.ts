import * as z from 'zod'
import { migrationLimits, rung } from './migration-options.js'
import { count, deviceIndices, identifier, resourceAmounts, stepIdentifier, total } from './quantities.js'

const timing = {
  id: stepIdentifier.describe('Name of the step, unique in the plan.'),
  after: z.array(stepIdentifier).describe('Ids of the steps that have ended before this one begins.'),
  startSeconds: total.describe('When it begins by schedule, in seconds from the beginning of the plan.'),
  endSeconds: total.describe('When it ends by schedule, in seconds from the beginning of the plan.')
}
const copy = {
  replica: identifier.describe('Id of the replica.'),
  deployment: identifier.optional().describe('Id of its deployment, for a replica that the Problem does not list.')
}
const action = <const Action extends string>(value: Action) => z.literal(value).describe('What is done.')
const here = identifier.describe('Id of the node concerned.')

/** What must be so in the cluster when a copy starts. An executor compares before it acts. */
export const expectation = z.strictObject({
  deployment: identifier.describe('Id of the deployment that the replica belongs to.'),
  host: identifier
    .nullable()
    .describe(
      'Id of the node where the replica runs until then; null when it runs nowhere yet. The node of the start itself: its copy is starting there already, and is only waited for.'
    ),
  room: resourceAmounts.describe(
    'What must be free on the node of the start, by resource: held from there on until ready.'
  )
})
export type Expectation = z.infer<typeof expectation>

/** One step of a migration. Steps on copies name the pair (replica, node). */
export const step = z.discriminatedUnion('action', [
  z.strictObject({ ...timing, action: action('cordon'), node: here }),
  z.strictObject({ ...timing, action: action('uncordon'), node: here }),
  z.strictObject({
    ...timing,
    action: action('provision'),
    node: here,
    type: identifier.optional().describe('The type to get, of nodeTypes.')
  }),
  z.strictObject({
    ...timing,
    action: action('start'),
    ...copy,
    node: here,
    devices: deviceIndices.optional().describe('Devices that the copy takes, by resource, counted from 0.'),
    expects: expectation.optional().describe('What must be so when it begins.')
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

/** Of one limit: which freed amounts pay for which arrivals. What is not listed is paid by what is free at the outset. */
export const limitFunding = z.strictObject({
  code: identifier.describe('The kind of limit: `capacity`, `devices`, `surge`, …'),
  where: z.string().describe('The node, domain or deployment concerned.'),
  subject: z.string().describe('What is counted, in words, as violations of it would say.'),
  payments: z
    .array(
      z.strictObject({
        from: stepIdentifier.describe('Id of the step that gives back when it ends.'),
        to: stepIdentifier.describe('Id of the step that takes, and waits for the other.'),
        amount: total.describe('How much of it, in the unit of the limit.')
      })
    )
    .describe('Who pays for whom.')
})
export type LimitFunding = z.infer<typeof limitFunding>

/** A way of dealing with moves in each other's way that the plan uses, and what that costs. */
export const rungUse = z.strictObject({
  rung: rung.describe('Which.'),
  moves: count.describe('Moves that it concerns.'),
  extraMigrations: count.describe('Migrations that it adds.'),
  extraMoveCost: total.describe('Move cost that it adds.'),
  rentCost: total.optional().describe('Money for the nodes that are rented, from asking for them to giving them back.'),
  downSeconds: total.optional().describe('Seconds without a copy of replicas that stop first, summed over them.')
})
export type RungUse = z.infer<typeof rungUse>

/** The ordered, safe migration. Every order of the steps that respects `after` is safe, and so is every prefix. */
export const plan = z.strictObject({
  status: z.enum(['complete', 'partial']).describe('partial: a safe part of what was wished for.'),
  steps: z.array(step).describe('The steps, in an order in which they may be carried out.'),
  makespanSeconds: total.describe('When the last step ends by schedule, in seconds.'),
  id: identifier
    .optional()
    .describe(
      'Name of the plan, derived from the Problem and the steps: with it the ids of steps are unique among plans.'
    ),
  makespanBoundSeconds: total
    .optional()
    .describe(
      'No schedule of these moves, on these nodes and devices and under these limits, ends earlier, in seconds.'
    ),
  limits: migrationLimits.optional().describe('The run-time limits of the schedule; an executor keeps them, too.'),
  rungs: z.array(rungUse).optional().describe('What was done about moves that block each other, with its price.'),
  funding: z
    .array(limitFunding)
    .optional()
    .describe('Proof that every order is safe, for limits at which arrivals need departures; where it was asked for.'),
  spareMigrations: count
    .optional()
    .describe(
      'Starts of running replicas that the budget leaves beside those of the plan: so many may be tried again. Left out: no limit.'
    ),
  validSeconds: total
    .optional()
    .describe('So long after its making the plan may be begun, in seconds; what is begun later is planned again.')
})
export type Plan = z.infer<typeof plan>
