import {
  type Cluster,
  type ClusterDeployment,
  type ClusterNode,
  devicesOf,
  domainOf
} from '../../models/checker/cluster.js'
import { exceeds } from '../../models/checker/tolerance.js'
import type { ViolationCode } from '../../models/checker/violations.js'
import type { DeviceIndices } from '../../models/contract/quantities.js'
import { formatPrecise } from '../report/text/numbers.js'

/** What must not rise above its limit at any moment. */
interface Level {
  readonly code: ViolationCode
  readonly where: string
  /** What is counted, for messages. */
  readonly subject: string
  readonly limit: number
  level: number
  /** Of a conflict: the members of the other side in the same domain. */
  rival?: Level
}

/** What a copy holds of a level: until it is ready, and from then on. */
interface Holding {
  readonly level: Level
  readonly atStart: number
  readonly steady: number
}

export type Holdings = readonly Holding[]

/** Notes a level that has risen above its limit. */
export type ReportExcess = (code: ViolationCode, where: string, message: string, amount: number) => void

/** Changes below this are rounding. */
const SMALLEST = 1e-12

/** The limits that hold at every moment, as levels that copies raise and lower. What others hold of a node is not in them. */
export class Levels {
  readonly #levels = new Map<string, Level>()
  readonly #holdings = new Map<string, Holdings>()

  constructor(private readonly cluster: Cluster) {}

  /** What a copy holds on a node; devices that nobody states are not counted one by one. */
  of(deployment: ClusterDeployment, node: ClusterNode, devices: DeviceIndices | undefined): Holdings {
    const key = JSON.stringify([deployment.id, node.id, devices])
    const known = this.#holdings.get(key)
    if (known !== undefined) return known
    const holdings = [
      ...this.#amounts(deployment, node, devices),
      ...this.#counts(deployment, node),
      ...this.#conflicts(deployment, node)
    ]
    this.#holdings.set(key, holdings)
    return holdings
  }

  #amounts(deployment: ClusterDeployment, node: ClusterNode, devices: DeviceIndices | undefined): Holding[] {
    const holdings: Holding[] = []
    for (const [resource, atStart] of deployment.startupDemand) {
      const level = this.#level('capacity', node.id, `${resource} on ${node.id}`, node.capacity.get(resource) ?? 0)
      holdings.push({ level, atStart, steady: deployment.demand.get(resource) ?? 0 })
    }
    for (const resource of deployment.deviceResources) {
      const share = Math.min(deployment.demand.get(resource) ?? 0, 1)
      for (const device of new Set(devicesOf(devices, resource))) {
        const isThere = device < (node.capacity.get(resource) ?? 0)
        const level = this.#level('devices', node.id, `device ${device} of ${resource} on ${node.id}`, isThere ? 1 : 0)
        holdings.push({ level, atStart: share, steady: share })
      }
    }
    return holdings
  }

  #counts(deployment: ClusterDeployment, node: ClusterNode): Holding[] {
    const { maxReplicasPerNode, maxSurge } = deployment.options
    const levels: Level[] = []
    if (maxReplicasPerNode !== undefined) {
      const subject = `replicas of ${deployment.id} on ${node.id}`
      levels.push(this.#level('max-replicas-per-node', node.id, subject, maxReplicasPerNode))
    }
    if (maxSurge !== undefined) {
      levels.push(this.#level('surge', deployment.id, `copies of ${deployment.id}`, deployment.desired + maxSurge))
    }
    for (const [index, rule] of this.cluster.rules.entries()) {
      if (rule.kind !== 'anti-affinity' || !rule.deployments.includes(deployment.id)) continue
      const domain = domainOf(node, rule.topologyKey)
      if (domain === undefined) continue
      levels.push(this.#level('anti-affinity', domain, `members of rules[${index}] in ${domain}`, rule.max))
    }
    return levels.map((level) => ({ level, atStart: 1, steady: 1 }))
  }

  #conflicts(deployment: ClusterDeployment, node: ClusterNode): Holding[] {
    const holdings: Holding[] = []
    for (const [index, rule] of this.cluster.rules.entries()) {
      if (rule.kind !== 'conflict') continue
      const side = rule.between.findIndex((members) => members.includes(deployment.id))
      const domain = domainOf(node, rule.topologyKey)
      if (side < 0 || domain === undefined) continue
      const [own, other] = [side, 1 - side].map((which) =>
        this.#level('conflict', domain, `side ${which + 1} of rules[${index}] in ${domain}`, Number.POSITIVE_INFINITY)
      ) as [Level, Level]
      own.rival = other
      other.rival = own
      holdings.push({ level: own, atStart: 1, steady: 1 })
    }
    return holdings
  }

  #level(code: ViolationCode, where: string, subject: string, limit: number): Level {
    const key = JSON.stringify([code, where, subject])
    const known = this.#levels.get(key)
    if (known !== undefined) return known
    const level: Level = { code, where, subject, limit, level: 0 }
    this.#levels.set(key, level)
    return level
  }
}

/** A copy comes: it holds what it needs to start, or from the outset what it holds when ready. What it raises too far is reported. */
export function take(holdings: Holdings, isStarting: boolean, report?: ReportExcess): void {
  for (const { level, atStart, steady } of holdings) change(level, isStarting ? atStart : steady, report)
}

/** A copy that was starting is ready. */
export function settle(holdings: Holdings, report: ReportExcess): void {
  for (const { level, atStart, steady } of holdings) change(level, steady - atStart, report)
}

/** A copy is gone. */
export function giveBack(holdings: Holdings, isStarting: boolean): void {
  for (const { level, atStart, steady } of holdings) change(level, isStarting ? -atStart : -steady)
}

function change(level: Level, amount: number, report?: ReportExcess): void {
  level.level += amount
  if (amount < SMALLEST || report === undefined) return
  const { code, where, subject, limit, rival } = level
  if (exceeds(level.level, limit)) {
    const message = `${subject}: ${formatPrecise(level.level)}, limit ${formatPrecise(limit)}`
    report(code, where, message, level.level - limit)
  }
  if (rival !== undefined && rival.level > 0) report(code, where, `${subject} meets ${rival.subject}`, rival.level)
}
