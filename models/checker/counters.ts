import { groupBy } from '../grouping.js'
import { type Cluster, type ClusterNode, devicesOf, domainOf } from './cluster.js'
import type { PlannedCopy } from './planned-copies.js'
import { exceeds } from './tolerance.js'
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
  /** Where the level is above its limit from the outset: events that must wait for its repair although they do not raise it. */
  readonly joins?: Set<number>
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
  keepOffOverfullDevices(counters, copies)
  return [...counters.list(), ...availabilityCounters(copies)]
}

class Counters {
  /** By code, place and subject. */
  readonly #places = new Map<ViolationCode, Map<string, Map<string, Counter>>>()
  readonly #counters: Counter[] = []

  of(code: ViolationCode, where: string, subject: string, limit: number): Counter {
    const places = this.#places.get(code) ?? new Map<string, Map<string, Counter>>()
    this.#places.set(code, places)
    const subjects = places.get(where) ?? new Map<string, Counter>()
    places.set(where, subjects)
    const known = subjects.get(subject)
    if (known !== undefined) return known
    const counter = {
      code,
      where,
      subject,
      limit,
      initial: 0,
      changes: new Map<number, number>(),
      joins: new Set<number>()
    }
    subjects.set(subject, counter)
    this.#counters.push(counter)
    return counter
  }

  list(): readonly Counter[] {
    return this.#counters
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
  const { deployment } = copy
  for (const resource of deployment.deviceResources) {
    const share = Math.min(deployment.demand.get(resource) ?? 0, 1)
    for (const counter of deviceCounters(counters, copy, resource)) hold(counter, copy, share, share)
  }
}

function deviceCounters(counters: Counters, { node, devices }: PlannedCopy, resource: string): Counter[] {
  return [...new Set(devicesOf(devices, resource) ?? [])].map((device) =>
    counters.of('devices', node.id, `device ${device} of ${resource} on ${node.id}`, 1)
  )
}

/** A node with overfull devices is overfull: newcomers that need such devices wait, whichever of them they take. */
function keepOffOverfullDevices(counters: Counters, copies: readonly PlannedCopy[]): void {
  const overfull = new Map<ClusterNode, Map<string, Set<Counter>>>()
  for (const copy of copies) {
    if (copy.start !== undefined) continue
    const byResource = overfull.get(copy.node) ?? new Map<string, Set<Counter>>()
    overfull.set(copy.node, byResource)
    for (const resource of copy.deployment.deviceResources) {
      const known = byResource.get(resource) ?? new Set()
      byResource.set(resource, known)
      for (const counter of deviceCounters(counters, copy, resource)) {
        if (exceeds(counter.initial, counter.limit)) known.add(counter)
      }
    }
  }
  for (const { start, node, deployment } of copies) {
    if (start === undefined) continue
    for (const resource of deployment.deviceResources) {
      for (const counter of overfull.get(node)?.get(resource) ?? []) counter.joins?.add(beginOf(start))
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
