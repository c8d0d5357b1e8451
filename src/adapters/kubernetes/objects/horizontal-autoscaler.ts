import * as z from 'zod'
import { workloadId } from './identities.js'
import { metadata, namespaceOf } from './metadata.js'

/** The parts of a HorizontalPodAutoscaler that planning needs: what it scales. Those that KEDA makes are the same. */
export const horizontalAutoscaler = z.object({
  metadata,
  spec: z.object({
    scaleTargetRef: z.object({
      kind: z.string().min(1),
      name: z.string().min(1),
      apiVersion: z.string().nullish()
    })
  })
})
export type HorizontalAutoscaler = z.infer<typeof horizontalAutoscaler>

/** API groups of the kinds that Kubernetes itself scales: elsewhere they are other things. */
const GROUPS = new Map<string, readonly string[]>([
  ['Deployment', ['apps', 'extensions']],
  ['ReplicaSet', ['apps', 'extensions']],
  ['StatefulSet', ['apps']],
  ['ReplicationController', ['']]
])

/** The id of the workload that it scales, such as `default/deployment/web`; null for what only shares the name of a known kind. */
export function targetOf({ metadata, spec: { scaleTargetRef } }: HorizontalAutoscaler): string | null {
  const { kind, name, apiVersion } = scaleTargetRef
  const groups = GROUPS.get(kind)
  const isStated = apiVersion !== null && apiVersion !== undefined && apiVersion !== ''
  if (isStated && groups !== undefined) {
    const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : ''
    if (!groups.includes(group)) return null
  }
  return workloadId(namespaceOf(metadata), kind, name)
}
