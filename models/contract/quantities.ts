import * as z from 'zod'

/** Largest number accepted anywhere in a file: sums of a million of them stay exact to a part in 10⁶. */
const LARGEST = 1e15

/** A finite number, at least 0. −0 is read as 0. */
export const quantity = z
  .number()
  .min(0)
  .max(LARGEST)
  .overwrite((value) => value + 0)

/** Largest product and sum of quantities in a Result. */
const LARGEST_TOTAL = 1e45

/** A number, at least 0, that is made of many quantities. −0 is read as 0. */
export const total = z
  .number()
  .min(0)
  .max(LARGEST_TOTAL)
  .overwrite((value) => value + 0)

/** A whole number, at least 0. */
export const count = z
  .number()
  .int()
  .min(0)
  .max(1e9)
  .overwrite((value) => value + 0)

/** A name of something: any text but the empty one. */
export const identifier = z.string().min(1).max(512)

/** The name of a step: room for those of its replica and its nodes. */
export const stepIdentifier = z.string().min(1).max(4096)

/** Amounts by resource name: `{ "cpu": 4, "memory": 16, "gpu": 0.5 }`. A resource left out counts 0. */
export const resourceAmounts = z.record(identifier, quantity)
export type ResourceAmounts = z.infer<typeof resourceAmounts>

/** The devices a copy holds, by resource: `{ "gpu": [0, 1] }`. */
export const deviceIndices = z.record(identifier, z.array(z.number().int().min(0).max(65_535)).max(65_536))
export type DeviceIndices = z.infer<typeof deviceIndices>

/** Label name → value. */
export const labels = z.record(identifier, z.string())
export type Labels = z.infer<typeof labels>

/** What a label must not be, or whether there must be one at all: what no list of allowed values says. */
const labelExclusion = z
  .strictObject({
    notIn: z
      .array(z.string())
      .min(1)
      .optional()
      .describe('Values that the label must not have; a node without the label has none of them.'),
    exists: z
      .boolean()
      .optional()
      .describe('true: the node has the label, with whatever value. false: it has no such label.')
  })
  .refine(({ notIn, exists }) => notIn !== undefined || exists !== undefined, { error: '"notIn", "exists" or both' })
  .refine(({ notIn, exists }) => notIn === undefined || exists !== false, {
    error: 'no "notIn" beside "exists": false: a label that is not there has no value'
  })

/** What a label must be: one of these values; or what an exclusion says. */
export const labelCondition = z.union([z.array(z.string()).min(1), labelExclusion])
export type LabelCondition = z.infer<typeof labelCondition>

/** Label name → the values that are allowed for it, or what it must not be. A single value may be written without the list. */
export const nodeSelector = z.record(
  identifier,
  z
    .union([z.string(), ...labelCondition.options])
    .transform((value): LabelCondition => (typeof value === 'string' ? [value] : value))
)
export type NodeSelector = z.infer<typeof nodeSelector>
