import type { ProblemInput } from '../../../../models/contract/problem.js'
import { appendTo } from '../../../../models/grouping.js'
import { cordonerOf, isReleased } from '../driver/state/cordon-mark.js'
import { instanceTypeOf, isControlPlane, isNodeReady, isVirtual, leavingTaintOf, type Node } from '../objects/node.js'
import type { Findings } from './findings.js'
import type { ImportedNode, NodeRoster } from './node-roster.js'
import type { Remarks } from './remarks.js'
import { GPU } from './resource-units.js'

type NodeInput = ProblemInput['nodes'][number]

/** Nodes that take nobody in, whatever pods tolerate: cordoned ones, those that do not answer, and those that are on their way out. */
export function closeNodes({ nodes }: NodeRoster, remarks: Remarks): void {
  for (const node of nodes) {
    const why = findClosure(node.object)
    if (why === null) continue
    const [code, reason] = why
    node.acceptsReplicas = false
    remarks.adapt({ kind: 'Node', id: node.name, code, reason })
  }
}

/** Nodes that a plan of this owner has closed and not emptied: without a plan under way they are to be opened again. */
export function listOwnCordons({ nodes }: NodeRoster, owner: string): string[] {
  return nodes.flatMap(({ name, object }) => {
    const isOwn = object.spec?.unschedulable === true && cordonerOf(object) === owner
    return isOwn && !isReleased(object) ? [name] : []
  })
}

function findClosure(object: Node): readonly [code: string, reason: string] | null {
  const { metadata, spec } = object
  if (metadata.deletionTimestamp) {
    return ['deleted', 'it is being deleted, so it takes nobody in and is to be empty in the end']
  }
  if (spec?.unschedulable === true) return ['cordoned', 'it is cordoned, so it takes nobody in']
  if (!isNodeReady(object)) return ['node-not-ready', 'it is not ready, so it takes nobody in']
  const leaving = leavingTaintOf(object)
  if (leaving !== undefined) {
    return ['leaving', `its taint ${leaving.key} says that it is about to be deleted, so it takes nobody in`]
  }
  return isVirtual(object) ? ['virtual', 'it is no machine that has a price by the hour, so it takes nobody in'] : null
}

/** The nodes of the Problem, with those of their resources that anybody asks for. */
export function describeNodes(findings: Findings, resources: ReadonlySet<string>): NodeInput[] {
  const { scene, rooms, prices } = findings
  const used = sumUse(findings)
  return scene.roster.nodes.map((node) => {
    const { object, name } = node
    const room = rooms.get(node)
    const own = [...(room?.amounts ?? [])].filter(([resource]) => resources.has(resource))
    const capacity = new Map(own.filter(([resource, amount]) => resource !== GPU || amount > 0))
    const use = used.get(node)
    if (use !== undefined && use.largest > (capacity.get(GPU) ?? 0)) {
      capacity.set(GPU, use.devices)
      node.acceptsReplicas = false
      const reason = `pods hold ${use.devices} GPUs there and the node has fewer now, so it counts as one with these that takes nobody in`
      scene.remarks.adapt({ kind: 'Node', id: name, code: 'devices-gone', reason })
    }
    sayOverfull(node, capacity, use?.amounts ?? new Map(), room?.overdrawn ?? [], scene.remarks)
    const type = instanceTypeOf(object)
    const releasable = sayReleasable(object, use === undefined, scene.remarks)
    return {
      id: name,
      ...(type === undefined ? {} : { type }),
      capacity: Object.fromEntries(capacity),
      costPerHour: prices.get(node)?.costPerHour ?? 0,
      labels: scene.roster.labelsOf(node),
      ...(releasable ? {} : { releasable }),
      ...(node.acceptsReplicas ? {} : { acceptsReplicas: false }),
      ...(object.metadata.deletionTimestamp ? { mustEmpty: true } : {})
    }
  })
}

/** What the copies on a node hold; of GPUs also how many devices at most, and the most of any one copy. */
interface Use {
  readonly amounts: Map<string, number>
  devices: number
  largest: number
}

function sumUse({ scene, demands }: Findings): Map<ImportedNode, Use> {
  const groupsOn = new Map<ImportedNode, ReadonlyMap<string, number>[]>()
  for (const group of scene.groups) {
    const demand = demands.get(group) ?? new Map()
    for (const { node } of [...group.live, ...group.draining]) if (node !== null) appendTo(groupsOn, node, demand)
  }
  return new Map(
    [...groupsOn].map(([node, held]) => {
      const use: Use = { amounts: new Map(), devices: 0, largest: 0 }
      for (const demand of held) {
        for (const [resource, amount] of demand) use.amounts.set(resource, (use.amounts.get(resource) ?? 0) + amount)
        const gpus = Math.ceil(demand.get(GPU) ?? 0)
        use.devices += gpus
        use.largest = Math.max(use.largest, gpus)
      }
      return [node, use]
    })
  )
}

/** A node on which more is asked for than there is: no kubelet would have let it in. */
function sayOverfull(
  { name }: ImportedNode,
  capacity: ReadonlyMap<string, number>,
  use: ReadonlyMap<string, number>,
  overdrawn: readonly string[],
  remarks: Remarks
): void {
  const over = [...use].flatMap(([resource, amount]) => {
    const limit = capacity.get(resource) ?? 0
    return amount > limit + 1e-6 * Math.max(1, limit) ? [`${resource} ${round(amount)} of ${round(limit)}`] : []
  })
  if (over.length > 0) {
    const reason = `its pods ask for more than it has: ${over.join(', ')}; a plan repairs that first where it can`
    remarks.adapt({ kind: 'Node', id: name, code: 'overfull', reason })
  }
  if (overdrawn.length > 0) {
    const reason = `pods that belong to it hold more ${overdrawn.join(' and ')} than it has, so it counts as one without any`
    remarks.adapt({ kind: 'Node', id: name, code: 'overdrawn', reason })
  }
}

function round(amount: number): number {
  return Number(amount.toPrecision(6))
}

/** Annotations that keep a node, by the value that does. */
const KEEPING = new Map([
  ['karpenter.sh/do-not-disrupt', (value: string) => value !== 'false'],
  ['cluster-autoscaler.kubernetes.io/scale-down-disabled', (value: string) => value === 'true']
])

function sayReleasable(object: Node, isIdle: boolean, remarks: Remarks): boolean {
  const { name, annotations } = object.metadata
  const known = new Map(Object.entries(annotations ?? {}))
  if (isControlPlane(object)) {
    const reason = 'it belongs to the control plane, so it is never released'
    remarks.pin({ kind: 'Node', id: name, code: 'control-plane', reason })
    return false
  }
  if (isVirtual(object)) {
    const reason = 'it is no machine that could be given back, so it is never released'
    remarks.pin({ kind: 'Node', id: name, code: 'virtual', reason })
    return false
  }
  if (isIdle && isReleased(object)) {
    const reason = 'a plan has emptied it and left it closed, for whoever takes nodes away, so it is not released again'
    const remedy = `take it away, or open it: kubectl uncordon ${name}`
    remarks.pin({ kind: 'Node', id: name, code: 'released', reason, remedy })
    return false
  }
  for (const [annotation, keeps] of KEEPING) {
    const value = known.get(annotation)
    if (value === undefined || !keeps(value)) continue
    const reason = `its annotation ${annotation} says ${JSON.stringify(value)}, so it is never released`
    remarks.pin({ kind: 'Node', id: name, code: 'do-not-disrupt', reason })
    return false
  }
  return true
}
