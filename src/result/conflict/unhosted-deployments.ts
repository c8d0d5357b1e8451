import { describeValue, formatPath } from '../../../models/contract/describe-input.js'
import type { Deployment } from '../../../models/contract/problem.js'
import type { Instance, InstanceDeployment, InstanceNode } from '../../../models/instance/instance.js'
import { isLegal } from '../../../models/instance/instance.js'
import { labelOf, matchesCondition, matchesSelector } from '../../../models/instance/selector.js'
import { tellWish } from '../label-words.js'
import type { Conflict } from './conflict.js'
import type { Room } from './room.js'
import { counted, formatNumber, listed } from './words.js'

/** Deployments (and headroom) whose copies find no place even in an empty cluster: what they lack, and where it comes nearest. */
export function findUnhosted(room: Room): Conflict[] {
  const { instance } = room
  return instance.deployments.flatMap((deployment): Conflict[] => {
    const { index, family, isHeadroom } = deployment
    const kin = isHeadroom ? room.requiredOf([index, family]) : room.required(deployment)
    const nodes = instance.nodes.filter((node) => room.most(family, node.index) > 0)
    const most = nodes.reduce((sum, node) => sum + room.most(family, node.index), 0)
    if (kin <= most || (isHeadroom && room.requiredOf([family]) > most)) return []
    const starts = nodes.filter((node) => instance.eligible[index * instance.nodes.length + node.index] === 1)
    const found =
      starts.length === 0 ? explainNoNode(instance, deployment) : explainTooFew(room, deployment, kin, nodes)
    return found.map(({ path, message }) => ({
      path: isHeadroom ? headroomPath(instance, deployment.id) : path,
      message: isHeadroom ? `headroom of ${describeValue(deployment.id)}, beside its replicas: ${message}` : message,
      isProof: true
    }))
  })
}

type Part = Omit<Conflict, 'isProof'>

function headroomPath({ problem }: Instance, id: string): string {
  return formatPath(['headroom', problem.headroom.findIndex(({ deployment }) => deployment === id)])
}

/** Nothing may start anywhere: because of the selector, of the demand, or since the nodes are closed. */
function explainNoNode(instance: Instance, { family, demand }: InstanceDeployment): Part[] {
  const { nodeSelector } = instance.problem.deployments[family] as Deployment
  const path = ['deployments', family]
  const candidates = instance.nodes.filter(({ labels }) => matchesSelector(nodeSelector, labels))
  if (candidates.length === 0)
    return [{ path: formatPath([...path, 'nodeSelector']), message: noMatch(instance, nodeSelector) }]
  const large = candidates.filter((node) => lacking(demand, node).length === 0)
  if (large.length > 0) {
    const closed = large.map(
      ({ id, mustEmpty }) => `${describeValue(id)} ${mustEmpty ? 'must be empty' : 'accepts no replicas'}`
    )
    const more = closed.length > 3 ? `, and ${closed.length - 3} more` : ''
    return [
      {
        path: formatPath(path),
        message: `every node that is large enough is closed: ${closed.slice(0, 3).join(', ')}${more}`
      }
    ]
  }
  const nearest = candidates.reduce((best, node) => (shortfall(demand, node) < shortfall(demand, best) ? node : best))
  const admitted = Object.keys(nodeSelector).length > 0 ? ' admitted by its selector' : ''
  return lacking(demand, nearest).map((resource) => {
    const name = instance.resources[resource] as string
    const largest = candidates.reduce((most, { capacity }) => Math.max(most, capacity[resource] as number), 0)
    const has =
      largest < (demand[resource] as number)
        ? `the largest node${admitted} has ${formatNumber(largest)}`
        : `${describeValue(nearest.id)}, the nearest node${admitted}, has ${formatNumber(nearest.capacity[resource] as number)}`
    return {
      path: formatPath([...path, 'demand', name]),
      message: `${formatNumber(demand[resource] as number)} ${name} asked, ${has}`
    }
  })
}

function lacking(demand: Float64Array, { capacity }: InstanceNode): number[] {
  return [...demand].flatMap((amount, resource) =>
    amount > 0 && !isLegal(amount, capacity[resource] as number) ? [resource] : []
  )
}

/** Resources that a node lacks, then the share of the demand that it lacks at worst. */
function shortfall(demand: Float64Array, node: InstanceNode): number {
  const missing = lacking(demand, node)
  const worst = missing.map((resource) => 1 - (node.capacity[resource] as number) / (demand[resource] as number))
  return missing.length + Math.max(0, ...worst) / 2
}

function noMatch({ nodes }: Instance, selector: Deployment['nodeSelector']): string {
  const wanted = Object.entries(selector).map(([label, condition]) => tellWish(label, condition))
  for (const [label, condition] of Object.entries(selector)) {
    const values = new Set(nodes.map(({ labels }) => labelOf(labels, label)))
    if ([...values].some((value) => matchesCondition(condition, value))) continue
    const there = [...values].filter((value) => value !== undefined)
    const has =
      there.length === 0 ? `no node has the label ${describeValue(label)}` : `nodes have ${label} ${listed(there)}`
    return `${wanted.join(' and ')} asked, ${has}`
  }
  return `no node has ${wanted.join(' and ')} together`
}

/** Some may start, but not so many. */
function explainTooFew(
  room: Room,
  deployment: InstanceDeployment,
  wanted: number,
  nodes: readonly InstanceNode[]
): Part[] {
  const { family, maxReplicasPerNode } = deployment
  const most = nodes.reduce((sum, { index }) => sum + room.most(family, index), 0)
  const path = ['deployments', family]
  if (nodes.every(({ index }) => room.most(family, index) >= maxReplicasPerNode)) {
    return [
      {
        path: formatPath([...path, 'maxReplicasPerNode']),
        message: `${counted(wanted, 'replica')} wanted, at most ${maxReplicasPerNode} on each of the ${counted(nodes.length, 'node')} that may take one`
      }
    ]
  }
  const closed = room.instance.nodes.filter(({ open }) => !open).length
  const beyond = closed > 0 ? `; ${counted(closed, 'node')} ${closed === 1 ? 'is' : 'are'} closed or to be emptied` : ''
  return [
    {
      path: formatPath([...path, 'replicas']),
      message: `${counted(wanted, 'replica')} wanted, nodes that may take one (${nodes.length}) have room for ${most} when nothing else is there${beyond}`
    }
  ]
}
