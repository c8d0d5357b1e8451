import type { Instance, InstanceCopy, InstanceDeployment } from '../../models/instance/instance.js'
import type { Place } from '../../models/instance/packing.js'
import { Ledger } from './ledger.js'
import type { Leg } from './legs.js'
import type { Limits } from './limits.js'

/** What a leg occupies: from its head at the earliest for `startup`, then until the old copy is gone. Seconds. */
export interface Job {
  head: number
  readonly startup: number
  readonly drain: number
  /** The node of its start; −1: it starts nothing. */
  readonly node: number
  readonly deployment: number
  /** Whether a copy takes over from another: what the limits on migrations count. */
  readonly isFlight: boolean
  /** The leg of the same replica before it; undefined: none. */
  readonly previous: Job | undefined
}

/** A limit that not all who come are within before somebody has left: who takes of it, and who gives back. */
export interface Contest {
  /** The amount that is over the limit before anybody comes or goes; negative: that much is free. */
  readonly excess: number
  readonly arrivals: Change[]
  readonly departures: Change[]
}
export type Change = { readonly job: Job; readonly amount: number }

/** Amounts below this are rounding. */
export const NOTHING = 1e-9

/** The legs as jobs, and the limits that they contend for. */
export function readJobs(instance: Instance, limits: Limits, legs: readonly Leg[]) {
  const jobs: Job[] = []
  const level = new Ledger(instance, limits).level
  const contests = new Map<number, Contest>()
  const contestOf = (counter: number): Contest => {
    const known = contests.get(counter)
    if (known !== undefined) return known
    const excess = (level[counter] as number) - (limits.limit[counter] as number)
    const contest = { excess, arrivals: [], departures: [] }
    contests.set(counter, contest)
    return contest
  }
  const arrive = (job: Job, deployment: number, { node, devices }: Place) => {
    const { counters, starting } = limits.holding(deployment, node, devices)
    for (const [position, counter] of counters.entries()) {
      contestOf(counter).arrivals.push({ job, amount: starting[position] as number })
    }
  }
  const depart = (job: Job, deployment: number, { node, devices }: Place) => {
    const { counters, steady } = limits.holding(deployment, node, devices)
    for (const [position, counter] of counters.entries()) {
      contestOf(counter).departures.push({ job, amount: steady[position] as number })
    }
  }
  const latest = new Map<string, Job>()
  for (const leg of legs) {
    const copy = 'copy' in leg ? (instance.copies[leg.copy] as InstanceCopy) : instance.copies[leg.mover.copy]
    const deployment = 'mover' in leg ? leg.mover.deployment : (copy as InstanceCopy).deployment
    const replica = 'mover' in leg ? leg.mover.replica : (copy as InstanceCopy).id
    const { startupSeconds, drainSeconds } = instance.deployments[deployment] as InstanceDeployment
    const from = leg.kind === 'move' || leg.kind === 'leave' ? leg.from : undefined
    const isMove = leg.kind === 'move'
    const drains =
      leg.kind === 'leave' || (isMove && from !== undefined) || (leg.kind === 'stop' && copy?.state === 'running')
    const job: Job = {
      head: isMove ? provisionSeconds(instance, leg.to.node) : 0,
      startup: isMove ? startupSeconds : 0,
      drain: drains ? drainSeconds : 0,
      node: isMove ? leg.to.node : -1,
      deployment,
      isFlight: isMove && from !== undefined,
      previous: latest.get(replica)
    }
    jobs.push(job)
    latest.set(replica, job)
    if (isMove) arrive(job, deployment, leg.to)
    if (from !== undefined) depart(job, deployment, from)
    if (leg.kind === 'stop') depart(job, deployment, copy as InstanceCopy)
    // A copy that becomes ready gives back at once what only its start took, and a move does so after its startup: at the earliest now.
    if (leg.kind === 'move' || leg.kind === 'wait') {
      const place = leg.kind === 'move' ? leg.to : (copy as InstanceCopy)
      const { counters, starting, steady } = limits.holding(deployment, place.node, place.devices)
      for (const [position, counter] of counters.entries()) {
        const amount = (starting[position] as number) - (steady[position] as number)
        if (amount > 0) contestOf(counter).departures.push({ job: { ...job, drain: 0 }, amount })
      }
    }
  }
  const isContended = ({ excess, arrivals }: Contest) => arrivals.length > 0 && excess + sumOf(arrivals) > NOTHING
  const contended = [...contests.values()].filter(isContended)
  return { jobs, contests: contended }
}

function provisionSeconds({ nodes, problem }: Instance, node: number): number {
  return problem.nodeTypes[nodes[node]?.purchase ?? -1]?.provisionSeconds ?? 0
}

export function endOf({ head, startup, drain }: Job): number {
  return head + startup + drain
}

export function sumOf(changes: readonly Change[]): number {
  return changes.reduce((sum, { amount }) => sum + amount, 0)
}
