import * as z from 'zod'
import { deviceIndices, identifier } from './quantities.js'
import { schemaVersion } from './schema-version.js'

/** Where one replica is in the end. `deployment` stands beside ids that the Problem does not list. */
export const assignment = z.strictObject({
  replica: identifier.describe('Id of the replica.'),
  deployment: identifier.optional().describe('Id of its deployment, for a replica that the Problem does not list.'),
  node: identifier.describe('Id of the node where it is in the end.'),
  devices: deviceIndices.optional().describe('Devices it holds, by resource, counted from 0.')
})
export type Assignment = z.infer<typeof assignment>

/** A node that is bought. */
export const newNode = z.strictObject({
  id: identifier.describe('Name of the new node, unlike those of the nodes there are.'),
  type: identifier.describe('The node type that is bought.'),
  rented: z.boolean().optional().describe('true: the plan releases it again; false by default.')
})
export type NewNode = z.infer<typeof newNode>

/** Room kept free for one more replica of a deployment. */
export const headroomAssignment = z.strictObject({
  deployment: identifier.describe('Id of the deployment that has room for one more replica.'),
  node: identifier.describe('Id of the node where the room is.'),
  devices: deviceIndices.optional().describe('Devices kept free, by resource, counted from 0.')
})
export type HeadroomAssignment = z.infer<typeof headroomAssignment>

/** The devices of a running copy for which the Problem names none: one assignment, held through the whole plan. */
export const assumedDevices = z.strictObject({
  replica: identifier.describe('Id of a running replica.'),
  devices: deviceIndices.describe('Devices it is taken to hold, by resource, counted from 0.')
})
export type AssumedDevices = z.infer<typeof assumedDevices>

/** A replica without a place. */
export const unplacedReplica = z.strictObject({
  replica: identifier.describe('Id of the replica.'),
  deployment: identifier.describe('Id of its deployment.')
})
export type UnplacedReplica = z.infer<typeof unplacedReplica>

/** Who made the placement. */
export const producer = z.enum(['mip', 'column-generation', 'local-search', 'greedy', 'initial'])
export type Producer = z.infer<typeof producer>

/** What `sequence` takes, and `compact` to begin with: a placement that somebody else made. */
export const placement = z.strictObject({
  schemaVersion,
  placement: z.array(assignment).describe('Where every replica is in the end.'),
  newNodes: z.array(newNode).default([]).describe('Nodes that are bought; none by default.'),
  headroom: z.array(headroomAssignment).default([]).describe('Where headroom is kept free; nowhere by default.'),
  assumedDevices: z
    .array(assumedDevices)
    .default([])
    .describe('Devices of running replicas for which the Problem names none; none by default.'),
  producer: producer.optional().describe('Who made it, as in a Result.')
})
export type Placement = z.infer<typeof placement>
export type PlacementInput = z.input<typeof placement>
