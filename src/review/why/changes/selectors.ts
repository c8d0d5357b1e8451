import { describeValue, formatPath } from '../../../../models/contract/describe-input.js'
import { onlyStep, type Proposal } from '../proposal.js'
import type { Scene } from '../scene.js'

/** Values by which one selector is widened at most. */
const MOST_VALUES = 2

/** A selector that lets copies start on more nodes: those of one more value of a label, or all of them. */
export function proposeSelectors({ problem, suspects, end }: Scene): Proposal[] {
  return problem.deployments.flatMap(({ id, nodeSelector }, index): Proposal[] => {
    const path = ['deployments', index, 'nodeSelector']
    const weightOf = (label: string) =>
      suspects.get(formatPath([...path, label])) ?? suspects.get(formatPath(path)) ?? 0
    const weight = Math.max(...Object.keys(nodeSelector).map(weightOf), 0)
    if (weight === 0) return []
    const widened = Object.entries(nodeSelector).flatMap(([label, values]) => {
      const counts = new Map<string, number>()
      for (const [at, node] of problem.nodes.entries()) {
        const value = Object.hasOwn(node.labels, label) ? (node.labels[label] as string) : undefined
        if (value === undefined || values.includes(value)) continue
        if (end === null || end.isActive(at)) counts.set(value, (counts.get(value) ?? 0) + 1)
      }
      return [...counts]
        .sort(([, left], [, right]) => right - left)
        .slice(0, MOST_VALUES)
        .map(([value, nodes]) => ({
          weight: weightOf(label) + nodes / 1e6,
          step: {
            edits: [{ path: [...path, label], to: [...values, value] }],
            words: `${describeValue(id)} may also start where ${describeValue(label)} is ${describeValue(value)}`
          }
        }))
    })
    return [
      ...widened.map(
        ({ weight: own, step }): Proposal => ({
          kind: 'selector',
          weight: 1 + own,
          ...onlyStep(step)
        })
      ),
      {
        kind: 'selector',
        weight: 0.8 + weight,
        ...onlyStep({ edits: [{ path, to: {} }], words: `${describeValue(id)} may start on any node` })
      }
    ]
  })
}
