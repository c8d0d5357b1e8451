import type { Node, Problem } from '../../models/contract/problem.js'
import type { NodeSelector } from '../../models/contract/quantities.js'

/** A node that there is, or one that may be bought. */
export type Place = Pick<
  Node,
  'id' | 'capacity' | 'costPerHour' | 'labels' | 'releasable' | 'acceptsReplicas' | 'mustEmpty'
> & {
  readonly bought: boolean
}

/** The nodes of a Problem, then every node that may be bought: of each type as many as there are copies, if so many are offered. */
export function placesOf({ nodes, nodeTypes }: Problem, mostUseful: number): Place[] {
  const offered = nodeTypes.flatMap((type) =>
    Array.from({ length: Math.min(type.maxNew, mostUseful) }, (_, number) => ({
      ...type,
      id: `${type.type}, number ${number + 1} to buy`,
      releasable: true,
      acceptsReplicas: true,
      mustEmpty: false,
      bought: true
    }))
  )
  return [...nodes.map((node) => ({ ...node, bought: false })), ...offered]
}

/** Whether a selector admits these labels. */
export function matches(selector: NodeSelector, labels: Place['labels']): boolean {
  return Object.entries(selector).every(([label, condition]) => {
    const values = Object.hasOwn(labels, label) ? [labels[label] as string] : []
    if (Array.isArray(condition)) return values.some((value) => condition.includes(value))
    if (condition.exists !== undefined && condition.exists !== values.length > 0) return false
    return !values.some((value) => condition.notIn?.includes(value))
  })
}
