import * as z from 'zod'
import { count, identifier } from './quantities.js'

const replica = identifier.describe('Id of the replica.')

/** A move that was accepted: the replica ends on that node. */
const acceptedMove = z.strictObject({
  replica,
  node: identifier.describe('Id of the node on which it ends.')
})

/** A move that was rejected: the replica does not end on that node, nor does another of its deployment in its stead. */
export const rejectedMove = z.strictObject({
  replica,
  deployment: identifier.describe('Id of its deployment.'),
  node: identifier.describe('Id of the node on which it must not end; of nodes to buy all of that type are meant.'),
  type: identifier.optional().describe('Type of the node, where it was one to buy.'),
  others: count.describe(
    'Replicas of the deployment that may still come to the node: as many as the plan had beside those that were rejected.'
  )
})
export type RejectedMove = z.infer<typeof rejectedMove>

/** A replica that was pinned: it stays where it is. */
const pinnedReplica = z.strictObject({ replica })

/** What people decided on single moves of a plan, and what a revised plan obeys. */
export const decisions = z.strictObject({
  accept: z.array(acceptedMove).describe('Moves that were accepted.'),
  reject: z.array(rejectedMove).describe('Moves that were rejected.'),
  pin: z.array(pinnedReplica).describe('Replicas that stay where they are.')
})
export type Decisions = z.infer<typeof decisions>
