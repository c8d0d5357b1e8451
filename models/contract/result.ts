import { z } from 'zod'
import { assignment, assumedDevices, headroomAssignment, newNode, placement, unplacedReplica } from './placement.js'
import { plan } from './plan.js'
import { count, identifier, quantity } from './quantities.js'

/** Why the search stopped. */
export const termination = z.enum(['optimal', 'gap-limit', 'time-limit', 'interrupted', 'infeasible', 'failed'])
export type Termination = z.infer<typeof termination>

/** Who made the placement. */
export const producer = z.enum(['mip', 'column-generation', 'local-search', 'greedy', 'initial'])
export type Producer = z.infer<typeof producer>

/** A limit that does not hold, by how much, and where. */
export const violation = z.strictObject({
  /** What is broken: `capacity`, `devices`, `max-replicas-per-node`, `anti-affinity`, `must-empty`, … */
  code: identifier,
  /** The node, domain, deployment, replica or step concerned. */
  where: z.string(),
  /** By how much, in the unit of the limit; at least 0. */
  amount: quantity,
  message: z.string()
})
export type Violation = z.infer<typeof violation>

/** Why a node that hosts something in the end was not released. */
export const nodeReason = z.strictObject({
  node: identifier,
  code: z.enum([
    'not-releasable',
    'hosts-pinned',
    'hosts-gang',
    'hosts-in-flight',
    'headroom',
    'budget-exhausted',
    'migration-blocked',
    'saves-nothing',
    'gate',
    'no-room-elsewhere',
    'not-proven'
  ]),
  /** The replicas in the way, when the code names some. */
  replicas: z.array(identifier).optional()
})
export type NodeReason = z.infer<typeof nodeReason>

/** A replica that was held where it is although it runs somewhere a move could have paid. */
export const heldReplica = z.strictObject({
  replica: identifier,
  code: z.enum(['gang', 'starting', 'migration-blocked'])
})
export type HeldReplica = z.infer<typeof heldReplica>

/** Parts of the Problem that cannot hold together. */
export const conflictPart = z.strictObject({
  /** Path inside the Problem, such as `rules[2]` or `deployments[0].demand.gpu`. */
  path: z.string(),
  message: z.string()
})
export type ConflictPart = z.infer<typeof conflictPart>

export const explanation = z.looseObject({
  nodes: z.array(nodeReason).optional(),
  held: z.array(heldReplica).optional(),
  conflict: z.array(conflictPart).optional(),
  notes: z.array(z.string()).optional()
})
export type Explanation = z.infer<typeof explanation>

/** A placement better than all before, when it was found and what was proven then. */
export const incumbent = z.looseObject({ seconds: quantity, costPerHour: quantity, bound: quantity })
export type Incumbent = z.infer<typeof incumbent>

export const objectiveValue = z.strictObject({
  costPerHour: quantity,
  moveCost: quantity,
  migrations: count,
  activeNodes: count,
  /** The primary objective: the cost, or cost × horizon + move cost × price. */
  total: quantity
})
export type ObjectiveValue = z.infer<typeof objectiveValue>

/** The answer to a Problem. Numbers are not rounded. */
export const result = z.strictObject({
  schemaVersion: z.literal(1),
  problem: z.strictObject({ name: z.string().optional(), fingerprint: z.string() }),
  termination,
  primalStatus: z.enum(['feasible', 'none']),
  producer: producer.optional(),
  objective: objectiveValue.optional(),
  /** Proven lower bounds. moveCost: at the reported cost. */
  bound: z.strictObject({ costPerHour: quantity, moveCost: quantity.optional(), total: quantity }).optional(),
  /** (objective.total − bound.total) / objective.total; 0 when both are 0. */
  gap: quantity.optional(),
  /** The cluster as it is: its active nodes, and all listed nodes with the idle ones. */
  initial: z.strictObject({ costPerHour: quantity, activeNodes: count, listedCostPerHour: quantity }),
  placement: z.array(assignment),
  assumedDevices: z.array(assumedDevices),
  headroom: z.array(headroomAssignment),
  unplaced: z.array(unplacedReplica),
  violations: z.array(violation),
  newNodes: z.array(newNode),
  releasedNodes: z.array(identifier),
  plan,
  solve: z.looseObject({
    seconds: quantity,
    seed: z.number().optional(),
    solver: z.string().optional(),
    formulation: z.string().optional(),
    incumbents: z.array(incumbent).default([])
  }),
  explanation
})
export type Result = z.infer<typeof result>

/** The part of a Result that says where everything is in the end; a placement alone is one. Other keys are passed over. */
export const endState = z.object({
  ...placement.omit({ schemaVersion: true }).shape,
  unplaced: result.shape.unplaced.exactOptional(),
  releasedNodes: result.shape.releasedNodes.exactOptional(),
  plan: plan.exactOptional()
})
export type EndState = z.infer<typeof endState>
export type EndStateInput = z.input<typeof endState>
