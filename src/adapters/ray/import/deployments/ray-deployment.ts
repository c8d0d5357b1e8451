import { formatPath } from '../../../../../models/contract/describe-input.js'
import type { ImportNotes } from '../import-notes.js'
import type { DeploymentOverride, RayOverrides } from '../overrides/overrides.js'
import { lookUp } from '../payloads/mappings.js'
import type { ApplicationDetails, DeployedConfig, DeploymentDetails } from '../payloads/serve-payload.js'
import { addAmounts, checkDevices } from '../resource-names.js'
import { asOneDemand, findPlacementGroup, type PlacementGroup } from './placement-group.js'

type Amounts = Readonly<Record<string, number>>

/** A deployment of Ray, with all that payload and operator say of it. */
export interface RayDeployment {
  /** `<application>/<deployment>`. */
  readonly id: string
  readonly app: string
  readonly name: string
  readonly application: ApplicationDetails
  readonly details: DeploymentDetails
  /** What the config file says of it; undefined: nothing. */
  readonly config: DeployedConfig | undefined
  readonly override: DeploymentOverride
  /** The document that it stands in, and where in it. */
  readonly document: string
  readonly path: readonly PropertyKey[]
}

/**
 * What one replica holds, in names and units of Ray: a demand for each part that stands by itself. One, unless its bundles are spread,
 * or cannot be summed up.
 */
export interface ReplicaShape {
  readonly parts: readonly ReadonlyMap<string, number>[]
  readonly group: PlacementGroup | null
}

/** The deployments of a payload in its order; those that are scaled to zero are left out. */
export function listDeployments(
  applications: Readonly<Record<string, ApplicationDetails>>,
  overrides: RayOverrides,
  document: string,
  notes: ImportNotes
): RayDeployment[] {
  return Object.entries(applications).flatMap(([app, application]) =>
    Object.entries(application.deployments).flatMap(([name, details]) => {
      const id = `${app}/${name}`
      if (details.replicas.length === 0 && (details.target_num_replicas ?? 0) === 0) {
        notes.leftOut.push({ kind: 'Deployment', id, code: 'no-replicas', reason: 'it has no replicas and wants none' })
        return []
      }
      const config = application.deployed_app_config?.deployments?.find((entry) => entry.name === name)
      const override = lookUp(overrides.deployments, id) ?? {}
      const path = ['applications', app, 'deployments', name]
      return [{ id, app, name, application, details, config, override, document, path }]
    })
  )
}

/** What a replica holds; null where only an override can tell, which is noted as missing. */
export function shapeOf(deployment: RayDeployment, overrides: RayOverrides, notes: ImportNotes): ReplicaShape | null {
  const { id, override, config, document, path } = deployment
  const group = findPlacementGroup(override, config, overrides.defaults)
  if (group === null) {
    notes.missing.add({
      section: 'deployments',
      key: id,
      field: 'placementGroup',
      found: `nothing, and Ray does not show whether there is one (${whatIsKnown(deployment)})`,
      expected: 'none, or { strategy: STRICT_PACK, bundles: [{ CPU: 1, GPU: 1 }] }'
    })
    return null
  }
  if (group === 'none') {
    const amounts = override.resources ?? actorAmounts(deployment)
    checkDevices(amounts, [...path, 'required_resources'], document, notes.issues)
    return { parts: [addAmounts(Object.entries(amounts))], group: null }
  }
  const bundlesAt = override.placementGroup === undefined ? [...path, 'placement_group_bundles'] : ['deployments', id]
  const source = override.placementGroup === undefined ? document : 'overrides'
  for (const [index, bundle] of group.bundles.entries())
    checkDevices(bundle, [...bundlesAt, index], source, notes.issues)
  const together = group.strategy === 'STRICT_PACK' ? asOneDemand(group.bundles) : null
  return {
    parts: together === null ? group.bundles.map((bundle) => addAmounts(Object.entries(bundle))) : [together],
    group
  }
}

function whatIsKnown({ application, config }: RayDeployment): string {
  if (application.deployed_app_config == null) return 'the application was deployed by code'
  return config === undefined
    ? 'the config file does not list the deployment'
    : 'the config file does not name bundles, and code may'
}

/** What the actor of a replica holds, by Serve's own defaults where an older Ray does not say. */
function actorAmounts({ details }: RayDeployment): Amounts {
  if (details.required_resources != null) return details.required_resources
  const options = details.deployment_config?.ray_actor_options ?? {}
  const { num_cpus, num_gpus, memory, resources, accelerator_type } = options
  return {
    ...resources,
    CPU: num_cpus ?? 1,
    GPU: num_gpus ?? 0,
    memory: memory ?? 0,
    ...(accelerator_type == null ? {} : { [`accelerator_type:${accelerator_type}`]: 0.001 })
  }
}

/** Where a deployment stands, for messages. */
export function placeOf({ document, path }: RayDeployment, ...inside: readonly PropertyKey[]): string {
  return `${document} ${formatPath([...path, ...inside])}`
}
