import * as z from 'zod'
import { labelSelector } from '../../objects/label-selector.js'
import { metadata, texts } from '../../objects/metadata.js'
import { node } from '../../objects/node.js'
import { pod } from '../../objects/pod.js'

const versioned = metadata.extend({ uid: z.string().min(1), resourceVersion: z.string().min(1) })

/** A pod as the API server gives it. */
export const seenPod = pod.extend({ metadata: versioned })
export type SeenPod = z.infer<typeof seenPod>

/** A node as the API server gives it. */
export const seenNode = node.extend({
  metadata: versioned,
  status: node.shape.status
    .unwrap()
    .unwrap()
    .extend({
      conditions: z
        .array(z.object({ type: z.string(), status: z.string(), lastTransitionTime: z.string().nullish() }))
        .nullish()
    })
    .nullish()
})
export type SeenNode = z.infer<typeof seenNode>

/** A Deployment, ReplicaSet or StatefulSet, as they all are: what a driver needs of it. */
export const seenWorkload = z.object({
  metadata: versioned,
  spec: z.object({
    replicas: z.number().int().min(0).nullish(),
    selector: labelSelector,
    minReadySeconds: z.number().min(0).nullish()
  }),
  status: z
    .object({
      observedGeneration: z.number().nullish(),
      replicas: z.number().nullish(),
      updatedReplicas: z.number().nullish()
    })
    .nullish()
})
export type SeenWorkload = z.infer<typeof seenWorkload>

/** A ReplicationController: the same, with a selector that is a mapping of labels only. */
export const seenReplicationController = seenWorkload.extend({
  spec: seenWorkload.shape.spec.extend({ selector: texts.transform((matchLabels) => ({ matchLabels })) })
})

/** Whether a pod counts for its workload: neither ended nor ending. */
export function isActivePod({ metadata, status }: SeenPod): boolean {
  return (metadata.deletionTimestamp ?? null) === null && status?.phase !== 'Succeeded' && status?.phase !== 'Failed'
}

/** The node of a pod; null: none yet. */
export function nodeOfPod({ spec }: SeenPod): string | null {
  return spec.nodeName === undefined || spec.nodeName === null || spec.nodeName === '' ? null : spec.nodeName
}

/** The value of an annotation; undefined: it is not set. */
export function annotationOf(
  { metadata }: { metadata: { annotations?: Record<string, string> | null | undefined } },
  name: string
): string | undefined {
  const { annotations } = metadata
  return annotations !== null && annotations !== undefined && Object.hasOwn(annotations, name)
    ? annotations[name]
    : undefined
}
