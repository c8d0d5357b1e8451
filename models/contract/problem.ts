import { z } from 'zod'
import { migrationOptions } from './migration-options.js'
import { count, deviceIndices, identifier, labels, nodeSelector, quantity, resourceAmounts } from './quantities.js'
import { rule } from './rules.js'

/** How a resource is counted. device: whole devices, a demand below 1 lives on ONE of them. scalar: a plain sum. */
export const resourceKind = z.strictObject({ kind: z.enum(['device', 'scalar']) })

/** A node of the cluster. Capacity is what replicas may use; money per hour. */
export const node = z.strictObject({
  id: identifier,
  type: identifier.optional(),
  capacity: resourceAmounts,
  costPerHour: quantity,
  labels: labels.default({}),
  /** false: never given back, and paid for whether or not it hosts anything. */
  releasable: z.boolean().default(true),
  /** false: cordoned by its owner. Nothing new starts there; what is there may stay. */
  acceptsReplicas: z.boolean().default(true),
  /** true: must host nothing in the end. */
  mustEmpty: z.boolean().default(false)
})
export type Node = z.infer<typeof node>

/** A kind of node that may be bought, `maxNew` of it at most. */
export const nodeType = z.strictObject({
  type: identifier,
  capacity: resourceAmounts,
  costPerHour: quantity,
  labels: labels.default({}),
  maxNew: count,
  provisionSeconds: quantity.default(180)
})
export type NodeType = z.infer<typeof nodeType>

export const deployment = z.strictObject({
  id: identifier,
  /** Desired replicas. Left out: as many as are listed and not draining. */
  replicas: count.optional(),
  demand: resourceAmounts,
  /** Scalars only, merged over `demand`; held from the start of a copy until it is ready. */
  startupDemand: resourceAmounts.optional(),
  priority: z.number().int().min(-1e9).max(1e9).default(0),
  maxReplicasPerNode: count.min(1).optional(),
  /** Binds where copies start, not those that run already. */
  nodeSelector: nodeSelector.default({}),
  movable: z.boolean().default(true),
  moveCost: quantity.default(1),
  startupSeconds: quantity.default(60),
  drainSeconds: quantity.default(30),
  /** Copies above the desired number at any moment, draining ones included. Left out: no limit. */
  maxSurge: count.optional(),
  /** Ready copies below the desired number at any moment. */
  maxUnavailable: count.default(0)
})
export type Deployment = z.infer<typeof deployment>

/** A copy that exists now, or waits for a node (`node: null`). */
export const replica = z.strictObject({
  id: identifier,
  deployment: identifier,
  node: identifier.nullable(),
  devices: deviceIndices.optional(),
  movable: z.boolean().optional(),
  moveCost: quantity.optional(),
  /** starting: holds the startup demand, not ready. draining: leaving; neither desired nor placed nor a migration. */
  state: z.enum(['running', 'starting', 'draining']).default('running'),
  replaces: identifier.optional(),
  /** Members of a gang move together or not at all. */
  gang: identifier.optional()
})
export type Replica = z.infer<typeof replica>

/** Room for so many more replicas must be left on the nodes active in the end. */
export const headroom = z.strictObject({ deployment: identifier, replicas: count })
export type Headroom = z.infer<typeof headroom>

/** What a migration may use up. Left out: no limit. */
export const budget = z.strictObject({
  maxMigrations: count.optional(),
  maxMoveCost: quantity.optional(),
  maxMigrationsPerDeployment: count.optional()
})
export type Budget = z.infer<typeof budget>

export const objective = z.strictObject({
  /** null: cost, then move cost. H: minimise cost × H + move cost × moveCostPrice. */
  horizonHours: quantity.nullable().default(null),
  moveCostPrice: quantity.default(0)
})
export type Objective = z.infer<typeof objective>

export const gate = z.strictObject({
  /** The moves, at `moveCostPrice`, must repay within so many hours. null: no gate. */
  paybackHours: quantity.nullable().default(null),
  /** Each move must save at least so much an hour. */
  minSavingPerMove: quantity.default(0)
})
export type Gate = z.infer<typeof gate>

/** A cluster and what is wanted of it. See the contract in models/README.md. */
export const problem = z.strictObject({
  schemaVersion: z.literal(1),
  name: z.string().optional(),
  source: z.string().optional(),
  takenAt: z.iso.datetime({ offset: true }).optional(),
  resources: z.record(identifier, resourceKind).default({}),
  nodes: z.array(node),
  nodeTypes: z.array(nodeType).default([]),
  deployments: z.array(deployment),
  replicas: z.array(replica),
  rules: z.array(rule).default([]),
  headroom: z.array(headroom).default([]),
  budget: budget.prefault({}),
  objective: objective.prefault({}),
  gate: gate.prefault({}),
  migration: migrationOptions.prefault({}),
  pending: z.enum(['required', 'best-effort']).default('required')
})
/** A Problem as read, every default filled in. */
export type Problem = z.infer<typeof problem>
/** A Problem as written: what has a default may be left out. */
export type ProblemInput = z.input<typeof problem>
