import { describeValue, formatPath } from '../../../../models/contract/describe-input.js'
import type { LabelCondition } from '../../../../models/contract/quantities.js'
import { labelOf } from '../../../../models/instance/selector.js'
import { onlyStep, type Proposal } from '../proposal.js'
import type { Scene } from '../scene.js'

/** Values by which one selector is widened at most. */
const MOST_VALUES = 2

/** What a label of a selector could be instead; `to` left out: anything. `nodes`: so many are active, and would be selected by it. */
interface Wider {
  readonly to?: LabelCondition
  readonly where: string
  readonly nodes: number
}

/** A selector that lets copies start on more nodes: those of one more value of a label, those it shuts out, or all of them. */
export function proposeSelectors(scene: Scene): Proposal[] {
  const { problem, suspects } = scene
  return problem.deployments.flatMap(({ id, nodeSelector }, index): Proposal[] => {
    const path = ['deployments', index, 'nodeSelector']
    const weightOf = (label: string) =>
      suspects.get(formatPath([...path, label])) ?? suspects.get(formatPath(path)) ?? 0
    const weight = Math.max(...Object.keys(nodeSelector).map(weightOf), 0)
    if (weight === 0) return []
    const widened = Object.entries(nodeSelector).flatMap(([label, condition]) => {
      const { [label]: _, ...others } = nodeSelector
      return widen(scene, label, condition).map(({ to, where, nodes }): Proposal => {
        const edit = to === undefined ? { path, to: others } : { path: [...path, label], to }
        const words = `${describeValue(id)} may also start where ${describeValue(label)} ${where}`
        return { kind: 'selector', weight: 1 + weightOf(label) + nodes / 1e6, ...onlyStep({ edits: [edit], words }) }
      })
    })
    const words = `${describeValue(id)} may start on any node`
    return [...widened, { kind: 'selector', weight: 0.8 + weight, ...onlyStep({ edits: [{ path, to: {} }], words }) }]
  })
}

function widen({ problem, end }: Scene, label: string, condition: LabelCondition): Wider[] {
  if (!Array.isArray(condition)) return [{ where: tellExcluded(condition), nodes: 0 }]
  const counts = new Map<string, number>()
  for (const [at, node] of problem.nodes.entries()) {
    const value = labelOf(node.labels, label)
    if (value === undefined || condition.includes(value)) continue
    if (end === null || end.isActive(at)) counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  return [...counts]
    .sort(([, left], [, right]) => right - left)
    .slice(0, MOST_VALUES)
    .map(([value, nodes]) => ({ to: [...condition, value], where: `is ${describeValue(value)}`, nodes }))
}

/** Where a label is what an exclusion shuts out. */
function tellExcluded({ notIn = [], exists }: Exclude<LabelCondition, string[]>): string {
  if (exists === false) return 'is there'
  const ways = notIn.length === 0 ? [] : [`is ${notIn.map(describeValue).join(' or ')}`]
  if (exists === true) ways.push('is not there')
  return ways.join(', or ')
}
