import * as z from 'zod'

/** Names to texts: labels, annotations. */
export const texts = z.record(z.string(), z.string())

/** Who an object belongs to. */
export const ownerReference = z.object({
  kind: z.string().min(1),
  name: z.string().min(1),
  apiVersion: z.string().nullish(),
  uid: z.string().nullish(),
  controller: z.boolean().nullish()
})
export type OwnerReference = z.infer<typeof ownerReference>

/** The parts of an object's metadata that planning needs; other keys are dropped. */
export const metadata = z.object({
  name: z.string().min(1),
  namespace: z.string().min(1).nullish(),
  uid: z.string().nullish(),
  generation: z.number().nullish(),
  labels: texts.nullish(),
  annotations: texts.nullish(),
  ownerReferences: z.array(ownerReference).nullish(),
  creationTimestamp: z.string().nullish(),
  deletionTimestamp: z.string().nullish()
})
export type Metadata = z.infer<typeof metadata>

/** The one owner that controls an object; undefined for a bare one. */
export function controllerOf({ ownerReferences }: Metadata): OwnerReference | undefined {
  return ownerReferences?.find(({ controller }) => controller === true)
}

/** The namespace of a namespaced object. */
export function namespaceOf({ namespace }: Metadata): string {
  return namespace ?? 'default'
}
