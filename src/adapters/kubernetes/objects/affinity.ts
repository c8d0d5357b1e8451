import * as z from 'zod'
import { labelSelector } from './label-selector.js'
import { presence } from './metadata.js'

/** One requirement on a node's labels, or on its name in `matchFields`. */
export const nodeRequirement = z.object({
  key: z.string().min(1),
  operator: z.enum(['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt']),
  values: z.array(z.string()).nullish()
})
export type NodeRequirement = z.infer<typeof nodeRequirement>

/** Requirements that must hold together; one of several terms is enough. A term without any selects no node. */
export const nodeSelectorTerm = z.object({
  matchExpressions: z.array(nodeRequirement).nullish(),
  matchFields: z.array(nodeRequirement).nullish()
})
export type NodeSelectorTerm = z.infer<typeof nodeSelectorTerm>

/** Pods, and the domains around them. */
export const podAffinityTerm = z.object({
  labelSelector: labelSelector.nullish(),
  namespaces: z.array(z.string()).nullish(),
  namespaceSelector: labelSelector.nullish(),
  topologyKey: z.string().min(1),
  matchLabelKeys: z.array(z.string()).nullish(),
  mismatchLabelKeys: z.array(z.string()).nullish()
})
export type PodAffinityTerm = z.infer<typeof podAffinityTerm>

const preferences = z.array(presence).nullish()

const podAffinity = z.object({
  requiredDuringSchedulingIgnoredDuringExecution: z.array(podAffinityTerm).nullish(),
  preferredDuringSchedulingIgnoredDuringExecution: preferences
})

/** Where a pod may be, by nodes and by other pods. */
export const affinity = z.object({
  nodeAffinity: z
    .object({
      requiredDuringSchedulingIgnoredDuringExecution: z
        .object({ nodeSelectorTerms: z.array(nodeSelectorTerm).nullish() })
        .nullish(),
      preferredDuringSchedulingIgnoredDuringExecution: preferences
    })
    .nullish(),
  podAffinity: podAffinity.nullish(),
  podAntiAffinity: podAffinity.nullish()
})

const policy = z.enum(['Honor', 'Ignore']).nullish()

/** How evenly pods are spread over domains. */
export const spreadConstraint = z.object({
  topologyKey: z.string().min(1),
  maxSkew: z.number().int().min(1),
  whenUnsatisfiable: z.enum(['DoNotSchedule', 'ScheduleAnyway']).nullish(),
  labelSelector: labelSelector.nullish(),
  minDomains: z.number().int().min(1).nullish(),
  matchLabelKeys: z.array(z.string()).nullish(),
  nodeAffinityPolicy: policy,
  nodeTaintsPolicy: policy
})
export type SpreadConstraint = z.infer<typeof spreadConstraint>
