import type { Problem } from '../contract/problem.js'
import type { AffinityRule, AtLeastRule, SpreadRule } from '../contract/rules.js'

/** A node as the search sees it: the Problem's nodes first, then every node that may be bought. */
export interface InstanceNode {
  readonly index: number
  readonly id: string
  /** The index in `nodeTypes` of a node to buy; −1 for a node of the Problem. */
  readonly purchase: number
  /** Amount of each resource of the instance. */
  readonly capacity: Float64Array
  readonly costPerHour: number
  readonly labels: Readonly<Record<string, string>>
  /** false: never given back, as its owner says or as a pinned copy stays there. */
  readonly releasable: boolean
  /** Whether a copy may start here and stay: neither cordoned by its owner nor to be emptied. */
  readonly open: boolean
  readonly mustEmpty: boolean
  /** Copies that are here now, draining ones included. */
  readonly copies: readonly number[]
  /** Nodes with the same number are alike in capacity, cost, flags and the labels that anything names; their contents may differ. */
  readonly kind: number
}

/** A deployment as the search sees it: the Problem's first, then one for each headroom entry. */
export interface InstanceDeployment {
  readonly index: number
  readonly id: string
  /** The deployment that this one keeps room for; its own index where it is a real one. */
  readonly family: number
  readonly isHeadroom: boolean
  readonly demand: Float64Array
  /** Held from the start of a copy until it is ready. At least equal to what `demand` says where the Problem says nothing. */
  readonly startupDemand: Float64Array
  /** Copies wanted in the end. */
  readonly desired: number
  /** Copies that have a node and are not draining. */
  readonly placed: number
  /** Copies to be stopped: placed − desired, at least 0. */
  readonly surplus: number
  /** Migrations of it that are decided and done with, as far as the search goes: they count against its own limit. */
  readonly migrated: number
  /** Replicas of the Problem that wait for a node. */
  readonly pending: readonly string[]
  readonly priority: number
  /** Infinity when there is no limit. */
  readonly maxReplicasPerNode: number
  readonly maxSurge: number
  readonly maxUnavailable: number
  readonly startupSeconds: number
  readonly drainSeconds: number
}

/** Why the search leaves a copy where it is. */
export type Hold = 'none' | 'pinned' | 'gang' | 'starting'

/** A copy that exists now on a node. */
export interface InstanceCopy {
  readonly index: number
  readonly id: string
  readonly deployment: number
  readonly node: number
  readonly state: 'running' | 'starting' | 'draining'
  readonly hold: Hold
  /** It is pinned, and not stopped as surplus: by its own word, or because enough others may be. */
  readonly neverSurplus: boolean
  readonly moveCost: number
  /** Devices held, one list for each entry of `deviceResources`. */
  readonly devices: readonly (readonly number[])[]
  /** The Problem names no devices for it: these were assigned here. */
  readonly devicesAssumed: boolean
  readonly gang: string | undefined
  readonly replaces: string | undefined
}

/** Every copy of `deployments` on a node of `nodes` counts one against `limit`. Continuous. */
export interface Counter {
  readonly code: 'anti-affinity'
  /** The rule's index in the Problem, and the domain. */
  readonly rule: number
  readonly domain: string
  readonly limit: number
  readonly deployments: readonly number[]
  readonly nodes: readonly number[]
}

/** No member of `left` and member of `right` on nodes of the same domain. Continuous. */
export interface Conflict {
  readonly rule: number
  readonly domain: string
  readonly left: readonly number[]
  readonly right: readonly number[]
  readonly nodes: readonly number[]
}

/** A rule that is checked only in the end, with its domains looked up. */
export interface FinalRule {
  readonly rule: number
  readonly definition: SpreadRule | AffinityRule | AtLeastRule
  readonly deployments: readonly number[]
  /** spread, affinity: the domains, each with its nodes. at-least: one, with the nodes that the selector matches. */
  readonly domains: readonly { readonly label: string; readonly nodes: readonly number[]; readonly counted: boolean }[]
}

/** A Problem compiled for the search: names became indices, demands vectors, rules counters. */
export interface Instance {
  readonly problem: Problem
  readonly resources: readonly string[]
  readonly isDevice: readonly boolean[]
  /** Indices of the resources that come in devices. */
  readonly deviceResources: readonly number[]
  readonly nodes: readonly InstanceNode[]
  /** So many of the nodes, the first ones, are the Problem's. */
  readonly listedNodes: number
  readonly deployments: readonly InstanceDeployment[]
  /** So many of the deployments, the first ones, are the Problem's. */
  readonly realDeployments: number
  readonly copies: readonly InstanceCopy[]
  readonly counters: readonly Counter[]
  readonly conflicts: readonly Conflict[]
  readonly finalRules: readonly FinalRule[]
  /** 1 at [deployment × nodes.length + node] where a copy may start: selector, capacity, open node. */
  readonly eligible: Uint8Array
  readonly budget: { readonly migrations: number; readonly moveCost: number; readonly perDeployment: number }
}

/** How many migrations of a deployment its own limit leaves; Infinity when there is none, below 0 where too many are decided. */
export function migrationsLeft({ perDeployment }: Instance['budget'], { migrated }: InstanceDeployment): number {
  return perDeployment - migrated
}

/** Whether copies of a deployment hold devices. */
export function holdsDevices({ deviceResources, deployments }: Instance, deployment: number): boolean {
  return deviceResources.some((resource) => (deployments[deployment]?.demand[resource] ?? 0) > 0)
}

/** Whether a copy of a deployment may start on a node. */
export function mayStart(instance: Instance, deployment: number, node: number): boolean {
  return instance.eligible[deployment * instance.nodes.length + node] === 1
}

/**
 * Whether every copy that the Problem lets move is moved by the search, too. Where gangs and starting copies are left in place, the
 * best that the search can prove says nothing of the Problem.
 */
export function movesWhatMayMove({ copies }: Instance): boolean {
  return copies.every(({ hold, state }) => state === 'draining' || hold === 'none' || hold === 'pinned')
}

/** Equal within the tolerance in which limits hold: a part in 10⁶ of the limit, or 10⁻⁶ below 1. */
export const TOLERANCE = 1e-6

/** By how much the checker lets a limit be exceeded. */
export function slackOf(limit: number): number {
  return TOLERANCE * Math.max(1, Math.abs(limit))
}

/** Whether a single amount is legal. Of a sum, the checker may have other last digits: see `within`. */
export function isLegal(amount: number, limit: number): boolean {
  return amount <= limit + slackOf(limit)
}

/** Whether an amount is surely legal, in whatever order it is summed up. */
export function within(amount: number, limit: number): boolean {
  return amount <= mostWithin(limit)
}

/** The most that is within a limit. */
export function mostWithin(limit: number): number {
  return limit + 0.999 * slackOf(limit)
}
