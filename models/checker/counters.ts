import { type Cluster, devicesOf, domainOf } from './cluster.js'
import { groupBy } from './handovers.js'
import type { PlannedCopy } from './planned-copies.js'
import type { ViolationCode } from './violations.js'

/** The moment at which a step begins, as an event; the step is 2 × its index. */
function beginOf(step: number): number {
  return 2 * step
}

/** The moment at which a step ends. */
function endOf(step: number): number {
  return 2 * step + 1
}

/** A level that events raise and lower, and that no order of them may bring above its limit. */
export interface Counter {
  readonly code: ViolationCode
  readonly where: string
  /** What is counted, for messages. */
  readonly subject: string
  readonly limit: number
  /** Before the first step. */
  initial: number
  /** Change of the level by event. */
  readonly changes: Map<number, number>
}

/** Every limit that holds at every moment of a plan, as a counter over the beginnings and ends of its steps. */
export function countersOf(cluster: Cluster, copies: readonly PlannedCopy[]): Counter[] {
  const counters = new Counters()
  const antiAffinity = cluster.rules.flatMap((rule, index) =>
    rule.kind === 'anti-affinity' ? [{ rule, index, members: new Set(rule.deployments) }] : []
  )
  for (const copy of copies) {
    const { deployment, node } = copy
    countResources(counters, copy)
    countDevices(counters, copy)
    const { maxReplicasPerNode, maxSurge } = deployment.options
    if (maxReplicasPerNode !== undefined) {
      const subject = `replicas of ${deployment.id} on ${node.id}`
      hold(counters.of('max-replicas-per-node', node.id, subject, maxReplicasPerNode), copy)
    }
    for (const { rule, index, members } of antiAffinity) {
      const domain = members.has(deployment.id) ? domainOf(node, rule.topologyKey) : undefined
      if (domain === undefined) continue
      hold(counters.of('anti-affinity', domain, `members of rules[${index}] in ${domain}`, rule.max), copy)
    }
    if (maxSurge !== undefined) {
      hold(counters.of('surge', deployment.id, `copies of ${deployment.id}`, deployment.desired + maxSurge), copy)
    }
  }
  return [...counters.list(), ...availabilityCounters(copies)]
}

class Counters {
  readonly #counters = new Map<string, Counter>()

  of(code: ViolationCode, where: string, subject: string, limit: number): Counter {
    const key = JSON.stringify([code, where, subject])
    const known = this.#counters.get(key)
    if (known !== undefined) return known
    const counter = { code, where, subject, limit, initial: 0, changes: new Map<number, number>() }
    this.#counters.set(key, counter)
    return counter
  }

  list(): Counter[] {
    return [...this.#counters.values()]
  }
}

function countResources(counters: Counters, copy: PlannedCopy): void {
  const { deployment, node } = copy
  for (const [resource, atStart] of deployment.startupDemand) {
    const steady = deployment.demand.get(resource) ?? 0
    const capacity = node.capacity.get(resource) ?? 0
    hold(counters.of('capacity', node.id, `${resource} on ${node.id}`, capacity), copy, steady, atStart)
  }
}

function countDevices(counters: Counters, copy: PlannedCopy): void {
  const { deployment, node, devices } = copy
  for (const resource of deployment.deviceResources) {
    const share = Math.min(deployment.demand.get(resource) ?? 0, 1)
    for (const device of new Set(devicesOf(devices, resource) ?? [])) {
      const subject = `device ${device} of ${resource} on ${node.id}`
      hold(counters.of('devices', node.id, subject, 1), copy, share, share)
    }
  }
}

/** A copy holds an amount from the beginning of its start to the end of its stop, and another one until it is ready. */
export function hold(counter: Counter, copy: PlannedCopy, steady = 1, atStart = 1): void {
  const { start, wait, stop, startingAtOutset } = copy
  if (start === undefined) counter.initial += startingAtOutset ? atStart : steady
  else change(counter, beginOf(start), atStart)
  const ready = start ?? (startingAtOutset ? wait : undefined)
  if (ready !== undefined) change(counter, endOf(ready), steady - atStart)
  if (stop !== undefined) change(counter, endOf(stop), -steady)
}

/** Copies that are not ready, by deployment: never so many that fewer than desired, or than at the outset, are. */
function availabilityCounters(copies: readonly PlannedCopy[]): Counter[] {
  return [...groupBy(copies, (copy) => copy.deployment)].map(([deployment, group]) => {
    const ready = group.filter((copy) => copy.readyAtOutset).length
    const limit = deployment.options.maxUnavailable - Math.min(deployment.desired, ready)
    const subject = `ready copies of ${deployment.id}, counted down`
    const counter = {
      code: 'availability',
      where: deployment.id,
      subject,
      limit,
      initial: -ready,
      changes: new Map()
    } as const
    for (const { start, wait, drain, stop, readyAtOutset } of group) {
      const on = start ?? wait
      const off = drain ?? stop
      if (on !== undefined) change(counter, endOf(on), -1)
      if (off !== undefined && (readyAtOutset || on !== undefined)) change(counter, beginOf(off), 1)
    }
    return counter
  })
}

function change({ changes }: Counter, event: number, amount: number): void {
  if (amount !== 0) changes.set(event, (changes.get(event) ?? 0) + amount)
}
