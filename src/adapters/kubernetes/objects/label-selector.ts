import * as z from 'zod'
import { labelOf } from '../../../../models/instance/selector.js'
import { texts } from './metadata.js'

const values = z.array(z.string()).nullish()

/** One requirement of a label selector. */
export const labelRequirement = z.object({
  key: z.string().min(1),
  operator: z.enum(['In', 'NotIn', 'Exists', 'DoesNotExist']),
  values
})
export type LabelRequirement = z.infer<typeof labelRequirement>

/** Labels that an object must have: all of `matchLabels` and all of `matchExpressions`. */
export const labelSelector = z.object({
  matchLabels: texts.nullish(),
  matchExpressions: z.array(labelRequirement).nullish()
})
export type LabelSelector = z.infer<typeof labelSelector>

type Labels = Readonly<Record<string, string>>

/** Whether labels satisfy a selector: an empty one selects everything, none (null) nothing. */
export function selectsLabels(selector: LabelSelector | null | undefined, labels: Labels): boolean {
  if (selector === null || selector === undefined) return false
  const { matchLabels, matchExpressions } = selector
  return (
    Object.entries(matchLabels ?? {}).every(([key, value]) => labelOf(labels, key) === value) &&
    (matchExpressions ?? []).every((requirement) => satisfies(requirement, labels))
  )
}

/** Every label that a selector looks at. */
export function selectedKeys(selector: LabelSelector | null | undefined): string[] {
  return [...Object.keys(selector?.matchLabels ?? {}), ...(selector?.matchExpressions ?? []).map(({ key }) => key)]
}

function satisfies({ key, operator, values }: LabelRequirement, labels: Labels): boolean {
  const value = labelOf(labels, key)
  switch (operator) {
    case 'In':
      return value !== undefined && (values ?? []).includes(value)
    case 'NotIn':
      return value === undefined || !(values ?? []).includes(value)
    case 'Exists':
      return value !== undefined
    case 'DoesNotExist':
      return value === undefined
  }
}
