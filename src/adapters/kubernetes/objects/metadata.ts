import * as z from 'zod'

/** Of a value only whether there is one: what is inside is not looked at, however deep it is. */
export const presence = z.unknown().transform((value) => (value === null || value === undefined ? null : true))

/** A mapping from names to values. One named `__proto__` would be lost on the way. */
export function mappingOf<Value extends z.ZodType>(value: Value) {
  const isKept = (mapping: unknown) =>
    typeof mapping !== 'object' || mapping === null || !Object.hasOwn(mapping, '__proto__')
  return z
    .unknown()
    .refine(isKept, { error: 'one without the key "__proto__"', abort: true })
    .pipe(z.record(z.string(), value))
}

/** Names to texts: labels, annotations. */
export const texts = mappingOf(z.string())

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
