import { z } from 'zod'
import { deviceIndices, identifier } from './quantities.js'

/** Where one replica is in the end. `deployment` stands beside ids that the Problem does not list. */
export const assignment = z.strictObject({
  replica: identifier,
  deployment: identifier.optional(),
  node: identifier,
  devices: deviceIndices.optional()
})
export type Assignment = z.infer<typeof assignment>

/** A node that is bought. `rented`: the plan releases it again. */
export const newNode = z.strictObject({ id: identifier, type: identifier, rented: z.boolean().optional() })
export type NewNode = z.infer<typeof newNode>

/** Room kept free for one more replica of a deployment. */
export const headroomAssignment = z.strictObject({
  deployment: identifier,
  node: identifier,
  devices: deviceIndices.optional()
})
export type HeadroomAssignment = z.infer<typeof headroomAssignment>

/** The devices of a running copy for which the Problem names none: one assignment, held through the whole plan. */
export const assumedDevices = z.strictObject({ replica: identifier, devices: deviceIndices })
export type AssumedDevices = z.infer<typeof assumedDevices>

/** A replica without a place. */
export const unplacedReplica = z.strictObject({ replica: identifier, deployment: identifier })
export type UnplacedReplica = z.infer<typeof unplacedReplica>

/** What `sequence` takes: a placement that somebody else made. */
export const placement = z.strictObject({
  schemaVersion: z.literal(1),
  placement: z.array(assignment),
  newNodes: z.array(newNode).default([]),
  headroom: z.array(headroomAssignment).default([]),
  assumedDevices: z.array(assumedDevices).default([])
})
export type Placement = z.infer<typeof placement>
export type PlacementInput = z.input<typeof placement>
