import type { ImportRemark } from '../../../import-report.js'
import type { RayDeployment, ReplicaShape } from './ray-deployment.js'

/** What Serve is busy with while it deploys: replicas of two versions, or of none that works. */
const SETTLED_APPLICATIONS: ReadonlySet<string> = new Set(['RUNNING', 'UNHEALTHY', 'DELETING'])
const SETTLED_DEPLOYMENTS: ReadonlySet<string> = new Set(['HEALTHY', 'UPSCALING', 'DOWNSCALING'])

/** Why the replicas of a deployment stay where they are; null: they may move. */
export function whyPinned(
  { id, application, details, config, override }: RayDeployment,
  { group, parts }: ReplicaShape
): ImportRemark | null {
  const pin = (code: string, reason: string, remedy?: string) => ({
    kind: 'Deployment',
    id,
    code,
    reason,
    ...(remedy === undefined ? {} : { remedy })
  })
  if (override.movable === false) return pin('override', 'the overrides say so')
  if (override.gang ?? (config?.gang_scheduling_config ?? details.deployment_config?.gang_scheduling_config) != null) {
    const reason = 'its replicas are scheduled in gangs, and nothing shows which belong together'
    return pin('gang', reason, 'overrides: gang: false, if they are not')
  }
  if (group !== null && group.strategy !== 'STRICT_PACK') {
    return pin('placement-group', `its placement group is ${group.strategy}, not STRICT_PACK`)
  }
  if (group?.hasFallbacks === true) return pin('group-fallback', 'its placement group has fallback strategies')
  if (parts.length > 1) {
    const reason = 'several of its bundles ask for a share of a device, which no single demand says'
    return pin('fractional-bundles', reason, 'bundles with whole devices')
  }
  if (!SETTLED_APPLICATIONS.has(application.status)) {
    return pin('deploying', `its application is ${application.status}`, 'import again when it is RUNNING')
  }
  if (!SETTLED_DEPLOYMENTS.has(details.status)) {
    return pin('not-healthy', `the deployment is ${details.status}`, 'import again when it is HEALTHY')
  }
  return null
}
