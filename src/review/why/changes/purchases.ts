import { describeValue } from '../../../../models/contract/describe-input.js'
import type { Node, Problem } from '../../../../models/contract/problem.js'
import { counted, formatNumber } from '../../../result/conflict/words.js'
import type { Proposal } from '../proposal.js'
import { hasSpread, type Scene } from '../scene.js'

/** Kinds of nodes of which one more is proposed, the cheapest. */
const MOST_KINDS = 4
/** Where nothing has a place: more nodes of a type that may be bought, or of a kind that there is, at its price. */
export function proposePurchases({ problem, instance, aim }: Scene): Proposal[] {
  if (aim !== 'feasible') return []
  const types = problem.nodeTypes.map(({ type, maxNew, costPerHour }, index) => ({
    costPerHour,
    step: (steps: number) => ({
      edits: [{ path: ['nodeTypes', index, 'maxNew'], to: maxNew + steps }],
      words: `${counted(steps, 'node')} more of ${describeValue(type)} to buy (${formatNumber(maxNew + steps)}, not ${formatNumber(maxNew)})`,
      amount: steps
    })
  }))
  const kinds = kindsOf(problem).map(({ id, type, capacity, costPerHour, labels }) => ({
    costPerHour,
    step: (steps: number) => ({
      edits: freeNames(problem, steps).map((name, order) => ({
        path: ['nodes', problem.nodes.length + order],
        to: {
          id: name,
          ...(type === undefined ? {} : { type }),
          capacity,
          costPerHour,
          labels,
          releasable: true,
          acceptsReplicas: true,
          mustEmpty: false
        }
      })),
      words: `${counted(steps, 'node')} more like ${describeValue(id)}${type === undefined ? '' : ` (${describeValue(type)})`}`,
      amount: steps
    })
  }))
  return [...types, ...kinds]
    .sort((left, right) => left.costPerHour - right.costPerHour)
    .slice(0, MOST_KINDS)
    .map(({ step }, order) => ({
      kind: 'new-node',
      weight: 2 - order / 10,
      // With a node for each copy, one more would stay empty.
      most: instance.deployments.reduce((sum, { desired }) => sum + desired, 0),
      guess: 1,
      // A new node may be a new domain over which a rule spreads.
      isRelaxation: !hasSpread(problem),
      step
    }))
}

/** The first node of each kind that takes replicas, by capacity, price and labels. */
function kindsOf({ nodes }: Problem): Node[] {
  const kinds = new Map<string, Node>()
  for (const node of nodes) {
    const key = JSON.stringify([Object.entries(node.capacity), node.costPerHour, Object.entries(node.labels)])
    if (node.acceptsReplicas && !kinds.has(key)) kinds.set(key, node)
  }
  return [...kinds.values()]
}

function freeNames({ nodes }: Problem, count: number): string[] {
  const taken = new Set(nodes.map(({ id }) => id))
  const names: string[] = []
  for (let number = 1; names.length < count; number++) if (!taken.has(`more-${number}`)) names.push(`more-${number}`)
  return names
}
