import { formatPath } from '../../models/contract/describe-input.js'
import type { Problem } from '../../models/contract/problem.js'
import {
  type InstanceCopy,
  type InstanceDeployment,
  type InstanceNode,
  isLegal,
  within
} from '../../models/instance/instance.js'
import { labelOf, matchesCondition } from '../../models/instance/selector.js'
import { type PackingState, seatOn } from '../search/packing-state.js'
import { tellDemand } from './label-words.js'

/** A limit in the way of something, `code` says which. What it reads like is written only where somebody reads it. */
export interface Limit<Code extends string> {
  readonly code: Code
  /** The resource, for capacity and devices. */
  readonly resource?: string
  /** Path inside the Problem of what asks for it: `rules[0]`. */
  readonly path?: string
  /** By how much it would be exceeded, in its unit; 1 where nothing is measured. */
  readonly amount: number
  /** What may be, in the same unit: the capacity, the limit; 1 where nothing is measured. */
  readonly most: number
  readonly describe: () => string
}

export type NodeLimitCode =
  | 'must-empty'
  | 'closed-node'
  | 'selector'
  | 'capacity'
  | 'devices'
  | 'max-replicas-per-node'
  | 'anti-affinity'
  | 'conflict'
export type NodeLimit = Limit<NodeLimitCode>

/**
 * What the owner of a node says against one more copy of a deployment, and the deployment's selector. `resident` is the copy where it runs on that
 * node: it may stay.
 */
export function ownerLimits(
  { instance }: PackingState,
  deployment: number,
  node: number,
  resident?: InstanceCopy
): NodeLimit[] {
  const { open, mustEmpty, labels } = instance.nodes[node] as InstanceNode
  const { family } = instance.deployments[deployment] as InstanceDeployment
  const { nodeSelector } = instance.problem.deployments[family] as Problem['deployments'][number]
  const found: NodeLimit[] = []
  const add = (code: NodeLimitCode, path: readonly (string | number)[], describe: () => string) =>
    found.push({ code, path: formatPath(path), amount: 1, most: 1, describe })
  if (mustEmpty) add('must-empty', ['nodes', node, 'mustEmpty'], () => 'it must be empty in the end')
  if (resident !== undefined) return found
  if (!open && instance.problem.nodes[node]?.acceptsReplicas === false)
    add('closed-node', ['nodes', node, 'acceptsReplicas'], () => 'it accepts no replicas')
  for (const [label, condition] of Object.entries(nodeSelector)) {
    const own = labelOf(labels, label)
    if (matchesCondition(condition, own)) continue
    const has = () => (own === undefined ? 'it has no such label' : `it has ${own}`)
    add('selector', ['deployments', family, 'nodeSelector', label], () => `${label} ${tellDemand(condition)}, ${has()}`)
  }
  return found
}

/** What is on a node, or beside it, and leaves no room for one more copy: capacity, devices, numbers, and rules that hold at every moment. */
export function contentLimits(
  state: PackingState,
  deployment: number,
  node: number,
  resident?: InstanceCopy
): NodeLimit[] {
  // Where every order must be safe, who leaves gives no room, and who is there keeps it.
  if (resident !== undefined && state.instance.problem.migration.level === 'any-order') return []
  const short = capacityLimits(state, deployment, node, resident)
  return [
    ...short,
    ...deviceLimits(state, deployment, node, resident).filter(({ resource }) => {
      return short.every((limit) => limit.resource !== resource)
    }),
    ...numberLimits(state, deployment, node),
    ...ruleLimits(state, deployment, node)
  ]
}

function capacityLimits(
  state: PackingState,
  deployment: number,
  node: number,
  resident: InstanceCopy | undefined
): NodeLimit[] {
  const { resources, nodes, deployments } = state.instance
  const { capacity } = nodes[node] as InstanceNode
  const { startupDemand } = deployments[deployment] as InstanceDeployment
  const found: NodeLimit[] = []
  for (const [index, needed] of state.arriving(deployment).entries()) {
    const most = capacity[index] as number
    const starting = startupDemand[index] as number
    const resource = resources[index] as string
    if (needed > 0 && !within(most - state.free(node, index) + needed, most)) {
      const free = state.free(node, index)
      const describe = () => `${resource}: ${rounded(needed)} needed, ${rounded(Math.max(0, free))} free`
      found.push({ code: 'capacity', resource, amount: needed - free, most, describe })
    } else if (resident === undefined && !isLegal(starting, most)) {
      const describe = () => `${resource}: ${rounded(starting)} needed to start, ${rounded(most)} in all`
      found.push({ code: 'capacity', resource, amount: starting - most, most, describe })
    }
  }
  return found
}

function deviceLimits(
  state: PackingState,
  deployment: number,
  node: number,
  resident: InstanceCopy | undefined
): NodeLimit[] {
  const { resources, deviceResources, deployments } = state.instance
  const { demand } = deployments[deployment] as InstanceDeployment
  const found: NodeLimit[] = []
  for (const [position, index] of deviceResources.entries()) {
    const needed = demand[index] as number
    const load = state.deviceLoad(node, position)
    const amount =
      resident === undefined
        ? shortOfAny(load, needed)
        : shortOfOwn(load, resident.devices[position] as readonly number[], needed)
    if (amount <= 0) continue
    const resource = resources[index] as string
    const most = needed < 1 ? 1 : load.length
    const isHere = resident !== undefined
    found.push({ code: 'devices', resource, amount, most, describe: () => describeDevices(resource, needed, isHere) })
  }
  return found
}

/** What is missing on the freest device, or so many free devices. */
function shortOfAny(load: Float64Array, needed: number): number {
  if (seatOn(load, needed) !== null) return 0
  if (needed < 1) return load.reduce((least, level) => Math.min(least, level), 1) + needed - 1
  return Math.round(needed) - load.reduce((count, level) => count + Number(isLegal(level, 0)), 0)
}

/** By how much the devices that it holds would be overfull. */
function shortOfOwn(load: Float64Array, held: readonly number[], needed: number): number {
  const share = Math.min(1, needed)
  return held.reduce((sum, device) => {
    const level = (load[device] as number) + share
    return sum + (isLegal(level, 1) ? 0 : level - 1)
  }, 0)
}

function describeDevices(name: string, needed: number, isHere: boolean): string {
  if (isHere) return `${name}: others take the devices that it holds`
  return needed < 1
    ? `${name}: ${rounded(needed)} of one device needed; there is as much in sum, on no single one`
    : `${name}: ${rounded(needed)} free devices needed; there is as much in sum, and some are partly taken`
}

function numberLimits({ instance, perNode }: PackingState, deployment: number, node: number): NodeLimit[] {
  const { family, maxReplicasPerNode: most } = instance.deployments[deployment] as InstanceDeployment
  const here = perNode[family * instance.nodes.length + node] as number
  if (here < most) return []
  const describe = () => `${here} of ${instance.deployments[family]?.id} are there, at most ${most} may be`
  const path = formatPath(['deployments', family, 'maxReplicasPerNode'])
  return [{ code: 'max-replicas-per-node', path, amount: here + 1 - most, most, describe }]
}

function ruleLimits({ rules }: PackingState, deployment: number, node: number): NodeLimit[] {
  return rules.obstacles(deployment, node).map(({ code, rule, domain, excess, limit }) => ({
    code,
    path: formatPath(['rules', rule]),
    amount: excess,
    most: limit,
    describe: () =>
      code === 'conflict' ? `others that must not be beside it are in ${domain}` : `too many in ${domain}, by ${excess}`
  }))
}

/** An amount without the noise of floating point. */
export function rounded(amount: number): number {
  return Number(amount.toPrecision(9))
}
