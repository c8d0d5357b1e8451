import * as z from 'zod'
import { affinity, spreadConstraint } from './affinity.js'
import { mappingOf, metadata, presence, texts } from './metadata.js'

/** Quantities by resource name, as written. */
export const amounts = mappingOf(z.union([z.string(), z.number()]))
export type Amounts = z.infer<typeof amounts>

/** What is asked for, and what may be used at most. */
export const resourceRequirements = z.object({ requests: amounts.nullish(), limits: amounts.nullish() })
export type ResourceRequirements = z.infer<typeof resourceRequirements>

const containerPort = z.object({
  hostPort: z.number().nullish(),
  hostIP: z.string().nullish(),
  protocol: z.string().nullish(),
  containerPort: z.number().nullish()
})

export const container = z.object({
  name: z.string().nullish(),
  restartPolicy: z.string().nullish(),
  resources: resourceRequirements.nullish(),
  ports: z.array(containerPort).nullish()
})
export type Container = z.infer<typeof container>

export const toleration = z.object({
  key: z.string().nullish(),
  operator: z.string().nullish(),
  value: z.string().nullish(),
  effect: z.string().nullish(),
  tolerationSeconds: z.number().nullish()
})
export type Toleration = z.infer<typeof toleration>

/** A volume: only what kind it is matters, and of an emptyDir where it is kept. */
export const volume = z
  .object({
    name: z.string().nullish(),
    emptyDir: z.object({ medium: z.string().nullish() }).nullish()
  })
  .catchall(presence)
export type Volume = z.infer<typeof volume>

export const podSpec = z.object({
  nodeName: z.string().nullish(),
  os: z.object({ name: z.string().min(1) }).nullish(),
  containers: z.array(container).min(1),
  initContainers: z.array(container).nullish(),
  overhead: amounts.nullish(),
  resources: resourceRequirements.nullish(),
  nodeSelector: texts.nullish(),
  affinity: affinity.nullish(),
  tolerations: z.array(toleration).nullish(),
  topologySpreadConstraints: z.array(spreadConstraint).nullish(),
  volumes: z.array(volume).nullish(),
  hostNetwork: z.boolean().nullish(),
  priority: z.number().int().nullish(),
  priorityClassName: z.string().nullish(),
  schedulerName: z.string().nullish(),
  terminationGracePeriodSeconds: z.number().nullish(),
  resourceClaims: z.array(presence).nullish(),
  schedulingGates: z.array(presence).nullish()
})
export type PodSpec = z.infer<typeof podSpec>

export const podCondition = z.object({
  type: z.string(),
  status: z.string(),
  reason: z.string().nullish(),
  lastTransitionTime: z.string().nullish()
})

const containerStatus = z.object({
  name: z.string().nullish(),
  restartCount: z.number().nullish(),
  state: z.object({ waiting: z.object({ reason: z.string().nullish() }).nullish() }).nullish(),
  allocatedResources: amounts.nullish(),
  resources: resourceRequirements.nullish()
})
export type ContainerStatus = z.infer<typeof containerStatus>

/** The parts of a pod that planning needs. */
export const pod = z.object({
  metadata,
  spec: podSpec,
  status: z
    .object({
      phase: z.string().nullish(),
      startTime: z.string().nullish(),
      conditions: z.array(podCondition).nullish(),
      containerStatuses: z.array(containerStatus).nullish(),
      initContainerStatuses: z.array(containerStatus).nullish()
    })
    .nullish()
})
export type Pod = z.infer<typeof pod>

/** A condition of a pod, such as `Ready`. */
export function conditionOf({ status }: Pod, type: string): z.infer<typeof podCondition> | undefined {
  return status?.conditions?.find((condition) => condition.type === type)
}

/** Whether a pod serves: its condition Ready is True. */
export function isPodReady(pod: Pod): boolean {
  return conditionOf(pod, 'Ready')?.status === 'True'
}

/** Whether a pod has ended and holds nothing any more. */
export function hasEnded({ status }: Pod): boolean {
  return status?.phase === 'Succeeded' || status?.phase === 'Failed'
}
