import * as z from 'zod'
import { metadata, presence } from './metadata.js'
import { podSpec } from './pod.js'

/** What the pods of a workload are made from. */
const podTemplate = z.object({
  metadata: metadata.pick({ labels: true, annotations: true }).nullish(),
  spec: podSpec
})

/** A Deployment, ReplicaSet, ReplicationController, StatefulSet, DaemonSet or Job: what makes pods. */
export const workload = z.object({
  metadata,
  spec: z.object({
    replicas: z.number().int().min(0).nullish(),
    parallelism: z.number().int().min(0).nullish(),
    completions: z.number().int().min(0).nullish(),
    suspend: z.boolean().nullish(),
    template: podTemplate,
    volumeClaimTemplates: z.array(presence).nullish(),
    progressDeadlineSeconds: z.number().nullish()
  }),
  status: z
    .object({
      observedGeneration: z.number().nullish(),
      replicas: z.number().nullish(),
      updatedReplicas: z.number().nullish(),
      desiredNumberScheduled: z.number().nullish(),
      currentRevision: z.string().nullish(),
      updateRevision: z.string().nullish()
    })
    .nullish()
})
export type Workload = z.infer<typeof workload>

/** The kinds that `workload` reads. */
export const WORKLOAD_KINDS = [
  'Deployment',
  'ReplicaSet',
  'ReplicationController',
  'StatefulSet',
  'DaemonSet',
  'Job'
] as const
export type WorkloadKind = (typeof WORKLOAD_KINDS)[number]
