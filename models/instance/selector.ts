import type { LabelCondition, Labels, NodeSelector } from '../contract/quantities.js'

/** Whether a node with these labels satisfies a selector. */
export function matchesSelector(selector: NodeSelector, labels: Labels): boolean {
  return Object.entries(selector).every(([label, condition]) => matchesCondition(condition, labelOf(labels, label)))
}

/** Whether a label may have this value; undefined: a node has no such label. */
export function matchesCondition(condition: LabelCondition, value: string | undefined): boolean {
  if (Array.isArray(condition)) return value !== undefined && condition.includes(value)
  const { notIn = [], exists } = condition
  if (exists !== undefined && exists !== (value !== undefined)) return false
  return value === undefined || !notIn.includes(value)
}

/** The value of a label; undefined where a node has no such label. */
export function labelOf(labels: Labels, label: string): string | undefined {
  return Object.hasOwn(labels, label) ? labels[label] : undefined
}
