import type { Labels, NodeSelector } from '../contract/quantities.js'

/** Whether a node with these labels satisfies a selector. */
export function matchesSelector(selector: NodeSelector, labels: Labels): boolean {
  return Object.entries(selector).every(
    ([label, values]) => Object.hasOwn(labels, label) && values.includes(labels[label] as string)
  )
}
