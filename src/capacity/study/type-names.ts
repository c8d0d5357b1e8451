import type { Labels } from '../../../models/contract/quantities.js'
import { INSTANCE_TYPE_LABEL } from '../labels.js'

/** A node or a type of nodes, as far as its names go. */
export interface NamedType {
  readonly type?: string | undefined
  readonly labels: Labels
}

/** The names that a study may call a node or type by: its own, that without the market, and the cloud's. */
export function namesOf({ type, labels }: NamedType): string[] {
  const names = new Set<string>()
  if (type !== undefined) names.add(type).add(type.replace(/:(?:spot|reserved)$/, ''))
  if (Object.hasOwn(labels, INSTANCE_TYPE_LABEL)) names.add(labels[INSTANCE_TYPE_LABEL] as string)
  return [...names]
}

/** Whether one of these types is meant: `g5.xlarge` means it in every market, `g5.xlarge:spot` in that one. */
export function isNamedIn(types: readonly string[], holder: NamedType): boolean {
  return namesOf(holder).some((name) => types.includes(name))
}
