import * as z from 'zod'
import type { InputIssue } from '../../../../../models/contract/input-issues.js'
import { count, identifier, quantity, resourceAmounts } from '../../../../../models/contract/quantities.js'
import { schemaVersion } from '../../../../../models/contract/schema-version.js'
import type { NamedDocument } from '../../../named-document.js'
import { readPayload } from '../payloads/read-payload.js'

const labelTexts = z.record(identifier, z.string())
const costPerHour = quantity.describe('Money per hour for one node.')
const startupSeconds = quantity.describe('Seconds from the start of a replica until it is RUNNING.')
const moveCost = quantity.describe('What the migration of one replica counts against the move-cost budget.')
const movable = z.boolean().describe('false: stays where it is.')

const placementGroup = z.strictObject({
  bundles: z.array(resourceAmounts).min(1).describe('Resources of each bundle, in names and units of Ray.'),
  strategy: z
    .enum(['PACK', 'STRICT_PACK', 'SPREAD', 'STRICT_SPREAD'])
    .describe('How Ray spreads the bundles over nodes; where code does not say, Ray takes PACK.'),
  bundleLabelSelector: z
    .array(labelTexts)
    .optional()
    .describe('Labels that the nodes of the bundles must have; one entry counts for every bundle. None by default.')
})

const deploymentOverride = z.strictObject({
  placementGroup: z
    .union([z.literal('none'), placementGroup])
    .optional()
    .describe('The placement group of one replica, or "none". Ray shows it only where the config file sets it.'),
  maxReplicasPerNode: count
    .min(1)
    .nullable()
    .optional()
    .describe(
      'max_replicas_per_node; null: no limit. With a number there is no placement group: Ray allows one of both.'
    ),
  gang: z.boolean().optional().describe('true: replicas are scheduled in gangs, and stay where they are.'),
  resources: resourceAmounts
    .optional()
    .describe('What the actor of one replica holds, in names and units of Ray; in the place of required_resources.'),
  labelSelector: labelTexts.optional().describe('In the place of label_selector, with the operators of Ray.'),
  fallbackStrategy: z
    .array(z.strictObject({ labelSelector: labelTexts.describe('Labels that a node may have instead.') }))
    .optional()
    .describe('In the place of fallback_strategy: further selectors, one of which is enough.'),
  startupSeconds: startupSeconds.optional(),
  drainSeconds: quantity.optional().describe('In the place of graceful_shutdown_timeout_s.'),
  moveCost: moveCost.optional(),
  movable: movable.optional()
})
export type DeploymentOverride = z.infer<typeof deploymentOverride>

const nodeOverride = z.strictObject({
  costPerHour: costPerHour.optional(),
  otherUsage: resourceAmounts
    .optional()
    .describe(
      'What others than Serve hold there, in names and units of Ray, the GPUs that they touch as whole ones. The node is then kept, unless it is said to be releasable.'
    ),
  releasable: z.boolean().optional().describe('false: never given back.'),
  acceptsReplicas: z.boolean().optional().describe('false: nothing new starts there.'),
  mustEmpty: z.boolean().optional().describe('true: must host nothing in the end.')
})
export type NodeOverride = z.infer<typeof nodeOverride>

const replicaOverride = z.strictObject({
  bundleNodes: z
    .array(identifier)
    .optional()
    .describe('On which node each bundle of its placement group is, in the order of the bundles: addresses or ids.'),
  moveCost: moveCost.optional(),
  movable: movable.optional()
})
export type ReplicaOverride = z.infer<typeof replicaOverride>

/** What Ray does not show and a plan needs; the operator's to say. */
export const rayOverrides = z.strictObject({
  schemaVersion: schemaVersion.optional().describe('1; may be left out.'),
  defaults: z
    .strictObject({
      placementGroup: z
        .literal('none')
        .optional()
        .describe('"none": no deployment has a placement group unless something says so.'),
      startupSeconds: startupSeconds.optional(),
      moveCost: moveCost.optional()
    })
    .prefault({})
    .describe('For whatever nothing more particular is said of.'),
  nodeGroups: z
    .record(
      identifier,
      z.strictObject({
        costPerHour: costPerHour.optional(),
        instanceType: identifier.optional().describe('Type of machine, as a catalogue of prices calls it.')
      })
    )
    .default({})
    .describe('By the label ray.io/node-group.'),
  instanceTypes: z
    .record(identifier, z.strictObject({ costPerHour }))
    .default({})
    .describe('By the type of machine: of its label, or as nodeGroups says.'),
  nodes: z.record(identifier, nodeOverride).default({}).describe('By address, hexadecimal id, or id in the Problem.'),
  deployments: z.record(identifier, deploymentOverride).default({}).describe('By application/deployment.'),
  replicas: z.record(identifier, replicaOverride).default({}).describe('By application#deployment#id.')
})
/** Overrides as read. */
export type RayOverrides = z.infer<typeof rayOverrides>
/** Overrides as written: every part may be left out. */
export type RayOverridesInput = z.input<typeof rayOverrides>

/** Reads an overrides document; nothing is overridden where there is none or where it is wrong, which is reported. */
export function readOverrides(document: NamedDocument | undefined, issues: InputIssue[]): RayOverrides {
  // An empty file is null.
  const value = document?.value ?? {}
  const whole = 'overrides { defaults, nodeGroups, instanceTypes, nodes, deployments, replicas }'
  const read = readPayload({ name: document?.name ?? 'overrides', value }, rayOverrides, whole, issues)
  return read ?? rayOverrides.parse({})
}
