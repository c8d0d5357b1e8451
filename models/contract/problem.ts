import * as z from 'zod'
import { migrationOptions } from './migration-options.js'
import { count, deviceIndices, identifier, labels, nodeSelector, quantity, resourceAmounts } from './quantities.js'
import { rule } from './rules.js'
import { schemaVersion } from './schema-version.js'

/** How a resource is counted. device: whole devices, a demand below 1 lives on ONE of them. scalar: a plain sum. */
export const resourceKind = z.strictObject({
  kind: z
    .enum(['device', 'scalar'])
    .describe('device: counted in whole devices, or a share of one. scalar: a plain sum.')
})

/** A node of the cluster. Capacity is what replicas may use; money per hour. */
export const node = z.strictObject({
  id: identifier.describe('Name of the node, unique among the nodes.'),
  type: identifier.optional().describe('Kind of machine, for people; may be left out.'),
  capacity: resourceAmounts.describe(
    'What replicas may use, by resource: cpu in cores, memory in GiB, gpu in devices; what daemons and the system take is off already.'
  ),
  costPerHour: quantity.describe('Money per hour while the node is kept.'),
  labels: labels.default({}).describe('Labels that selectors and rules refer to, name to value; none by default.'),
  releasable: z
    .boolean()
    .default(true)
    .describe('false: never given back, and paid for whether or not it hosts anything; true by default.'),
  acceptsReplicas: z
    .boolean()
    .default(true)
    .describe('false: cordoned by its owner, nothing new starts there and what is there may stay; true by default.'),
  mustEmpty: z.boolean().default(false).describe('true: must host nothing in the end; false by default.')
})
export type Node = z.infer<typeof node>

/** A kind of node that may be bought, `maxNew` of it at most. */
export const nodeType = z.strictObject({
  type: identifier.describe('Name of the type, unique among the types.'),
  capacity: resourceAmounts.describe('What replicas may use of such a node, by resource, in the units of nodes.'),
  costPerHour: quantity.describe('Money per hour for one node of the type.'),
  labels: labels.default({}).describe('Labels of every node of the type, name to value; none by default.'),
  maxNew: count.describe('Nodes of the type that may be bought at most.'),
  provisionSeconds: quantity.default(180).describe('Seconds from ordering a node until it is there; 180 by default.')
})
export type NodeType = z.infer<typeof nodeType>

export const deployment = z.strictObject({
  id: identifier.describe('Name of the deployment, unique among the deployments.'),
  replicas: count.optional().describe('Desired replicas; by default as many as are listed and not draining.'),
  demand: resourceAmounts.describe(
    'What one replica holds, by resource; of devices a share of one (below 1) or a whole number of entirely free ones.'
  ),
  startupDemand: resourceAmounts
    .optional()
    .describe(
      'Scalar amounts, merged over demand, that a copy holds from its start until it is ready; demand by default.'
    ),
  priority: z
    .number()
    .int()
    .min(-1e9)
    .max(1e9)
    .default(0)
    .describe('With best effort, replicas of a higher priority are placed first; 0 by default.'),
  maxReplicasPerNode: count
    .min(1)
    .optional()
    .describe('Replicas on one node at most, at any moment; no limit by default.'),
  nodeSelector: nodeSelector
    .default({})
    .describe(
      'Labels that a node must have for a copy to start there; those that run already are not bound. None by default.'
    ),
  movable: z.boolean().default(true).describe('false: running replicas stay where they are; true by default.'),
  moveCost: quantity
    .default(1)
    .describe('What one migration of a replica counts against the move-cost budget; 1 by default.'),
  startupSeconds: quantity.default(60).describe('Seconds from the start of a copy until it is ready; 60 by default.'),
  drainSeconds: quantity.default(30).describe('Seconds that a copy takes to drain before it stops; 30 by default.'),
  maxSurge: count
    .optional()
    .describe('Copies above the desired number at any moment, draining ones included; no limit by default.'),
  maxUnavailable: count.default(0).describe('Ready copies below the desired number at any moment; 0 by default.')
})
export type Deployment = z.infer<typeof deployment>

/** A copy that exists now, or waits for a node (`node: null`). */
export const replica = z.strictObject({
  id: identifier.describe('Name of the replica, unique among the replicas.'),
  deployment: identifier.describe('Id of its deployment.'),
  node: identifier.nullable().describe('Id of the node it is on; null for a pending replica.'),
  devices: deviceIndices
    .optional()
    .describe('Devices it holds, by resource, counted from 0; where left out, the Result assumes an assignment.'),
  movable: z.boolean().optional().describe('false: stays where it is; by default as its deployment says.'),
  moveCost: quantity
    .optional()
    .describe('What its migration counts against the move-cost budget; by default as its deployment says.'),
  state: z
    .enum(['running', 'starting', 'draining'])
    .default('running')
    .describe(
      'starting: holds the startup demand, not ready. draining: leaving; neither desired nor placed nor a migration. running by default.'
    ),
  replaces: identifier.optional().describe('Id of the replica of which this one is the replacement, while both exist.'),
  gang: identifier.optional().describe('Name of its gang: members move together or not at all. None by default.')
})
export type Replica = z.infer<typeof replica>

/** Room for so many more replicas must be left on the nodes active in the end. */
export const headroom = z.strictObject({
  deployment: identifier.describe('Id of the deployment that may need more replicas.'),
  replicas: count.describe('So many more must still fit, all together with other headroom.')
})
export type Headroom = z.infer<typeof headroom>

/** What a migration may use up. Left out: no limit. */
export const budget = z.strictObject({
  maxMigrations: count.optional().describe('Starts of replicas that run already, hops included; no limit by default.'),
  maxMoveCost: quantity.optional().describe('Sum of the move costs of all migrations; no limit by default.'),
  maxMigrationsPerDeployment: count.optional().describe('Migrations of any one deployment; no limit by default.')
})
export type Budget = z.infer<typeof budget>

export const objective = z.strictObject({
  horizonHours: quantity
    .nullable()
    .default(null)
    .describe(
      'null: cost first, then move cost. H hours: minimise cost × H + move cost × moveCostPrice. null by default.'
    ),
  moveCostPrice: quantity.default(0).describe('Money for one unit of move cost; 0 by default.')
})
export type Objective = z.infer<typeof objective>

export const gate = z.strictObject({
  paybackHours: quantity
    .nullable()
    .default(null)
    .describe('Hours within which the saving must repay the moves at moveCostPrice; null, the default: no gate.'),
  minSavingPerMove: quantity.default(0).describe('Money per hour that must be saved per move; 0 by default.')
})
export type Gate = z.infer<typeof gate>

/** A cluster and what is wanted of it. See the contract in models/README.md. */
export const problem = z.strictObject({
  schemaVersion,
  name: z.string().optional().describe('Name of the cluster, for people.'),
  source: z.string().optional().describe('Where the data comes from, for people.'),
  takenAt: z.iso.datetime({ offset: true }).optional().describe('When the cluster looked like this, in ISO 8601.'),
  resources: z
    .record(identifier, resourceKind)
    .default({})
    .describe('How resources are counted, by name; by default gpu is a device and every other one a scalar.'),
  nodes: z.array(node).describe('The nodes that there are.'),
  nodeTypes: z.array(nodeType).default([]).describe('Kinds of nodes that may be bought; none by default.'),
  deployments: z.array(deployment).describe('What runs in replicas, and how each of them is to be treated.'),
  replicas: z.array(replica).describe('The copies that exist now, and those that wait for a node.'),
  rules: z.array(rule).default([]).describe('What may, must or must not be together; none by default.'),
  headroom: z
    .array(headroom)
    .default([])
    .describe('Room that must be left on the nodes active in the end; none by default.'),
  budget: budget.prefault({}).describe('What the migration may use up; unlimited by default.'),
  objective: objective.prefault({}).describe('What is minimised; by default cost, then move cost.'),
  gate: gate.prefault({}).describe('What a plan must save to be made at all; no gate by default.'),
  migration: migrationOptions.prefault({}).describe('How safe the migration is, and by which means it is carried out.'),
  pending: z
    .enum(['required', 'best-effort'])
    .default('required')
    .describe('best-effort: by priority as many replicas as fit, the rest is listed as unplaced. required by default.')
})
/** A Problem as read, every default filled in. */
export type Problem = z.infer<typeof problem>
/** A Problem as written: what has a default may be left out. */
export type ProblemInput = z.input<typeof problem>
