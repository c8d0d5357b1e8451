import * as z from 'zod'
import { quantity, resourceAmounts } from '../../../../../models/contract/quantities.js'

const name = z.string().max(200)
/** One key may have several conditions in one text: `in(a,b)`, `!in(a,b)`, `!a`, `a`. */
const labelTexts = z.record(z.string(), z.string())
const fallbacks = z.array(z.object({ label_selector: labelTexts.nullish() })).nullish()

const actorOptions = z.object({
  num_cpus: quantity.nullish(),
  num_gpus: quantity.nullish(),
  memory: quantity.nullish(),
  resources: resourceAmounts.nullish(),
  accelerator_type: z.string().nullish(),
  label_selector: labelTexts.nullish(),
  fallback_strategy: fallbacks
})

const replicaDetails = z.object({
  node_id: z.string().min(1).nullish(),
  node_ip: z.string().nullish(),
  replica_id: z.string().min(1).max(400),
  state: z.enum(['STARTING', 'UPDATING', 'RECOVERING', 'RUNNING', 'STOPPING', 'PENDING_MIGRATION'])
})
export type ReplicaDetails = z.infer<typeof replicaDetails>

const deploymentDetails = z.object({
  status: z.string(),
  deployment_config: z
    .looseObject({
      num_replicas: z.union([z.number().int().min(0).max(1e6), z.literal('auto')]).nullish(),
      graceful_shutdown_timeout_s: quantity.nullish(),
      gang_scheduling_config: z.object({}).nullish(),
      ray_actor_options: actorOptions.nullish()
    })
    .nullish(),
  target_num_replicas: z.number().int().min(0).max(1e6).nullish(),
  required_resources: resourceAmounts.nullish(),
  replicas: z.array(replicaDetails)
})
export type DeploymentDetails = z.infer<typeof deploymentDetails>

/** What the operator's config file says of one deployment: only what it lists is there. */
const deployedConfig = z.object({
  name,
  max_replicas_per_node: z.number().int().min(1).nullish(),
  placement_group_bundles: z.array(resourceAmounts).min(1).nullish(),
  placement_group_strategy: z.enum(['PACK', 'STRICT_PACK', 'SPREAD', 'STRICT_SPREAD']).nullish(),
  placement_group_bundle_label_selector: z.array(labelTexts).nullish(),
  placement_group_fallback_strategy: z.array(z.object({})).nullish(),
  gang_scheduling_config: z.object({}).nullish()
})
export type DeployedConfig = z.infer<typeof deployedConfig>

const applicationDetails = z.object({
  status: z.string(),
  deployed_app_config: z.object({ deployments: z.array(deployedConfig).nullish() }).nullish(),
  deployments: z.record(name, deploymentDetails)
})
export type ApplicationDetails = z.infer<typeof applicationDetails>

/** What `GET /api/serve/applications/` answers, ServeInstanceDetails: of all its keys those that matter here. */
export const servePayload = z.object({ applications: z.record(name, applicationDetails) })
