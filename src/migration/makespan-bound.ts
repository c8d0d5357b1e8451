import type { MigrationLimits } from '../../models/contract/migration-options.js'
import { groupBy } from '../../models/grouping.js'
import type { Instance } from '../../models/instance/instance.js'
import type { Leg } from './legs.js'
import type { Limits } from './limits.js'
import { type Change, type Contest, endOf, type Job, NOTHING, readJobs, sumOf } from './makespan-jobs.js'

/** Heads that still rise after so many rounds are taken as they are: every round's heads are valid. */
const MOST_ROUNDS = 40

/**
 * A lower bound on the makespan of given legs under given run-time limits, in seconds: no order of them, safe or not in every
 * interleaving, ends earlier.
 *
 * Heads: a leg begins after the one before it of its replica; after its node is provided; and, at each limit where it does not fit
 * at the outset, after the earliest moment at which enough of the others can have left. Bounds from them: every leg's head and
 * length; of all who come to a contended limit the last; what moves take of a limit for their time and give back, such as the
 * surge; and for each run-time limit the earliest head, the work through it divided by its width or what some place in it has to do
 * at least, and the shortest tail (as of parallel machines with heads and tails).
 */
export function boundMakespan(
  instance: Instance,
  limits: Limits,
  legs: readonly Leg[],
  runTime: MigrationLimits
): number {
  const { jobs, contests } = readJobs(instance, limits, legs)
  raiseHeads(jobs, contests)
  let bound = 0
  for (const job of jobs) bound = Math.max(bound, endOf(job))
  for (const contest of contests) bound = Math.max(bound, endOfContest(contest))
  for (const contest of contests) bound = Math.max(bound, energyOf(contest))
  const flights = jobs.filter(({ isFlight }) => isFlight)
  const through = (
    queue: readonly Job[],
    width: number | null,
    work: (job: Job) => number,
    tail: (job: Job) => number
  ) => {
    if (width === null || queue.length === 0) return
    const least = (of: (job: Job) => number) => queue.reduce((found, job) => Math.min(found, of(job)), Infinity)
    bound = Math.max(bound, least(({ head }) => head) + secondsThrough(queue.map(work), width) + least(tail))
  }
  const length = ({ startup, drain }: Job) => startup + drain
  through(flights, runTime.inFlight, length, () => 0)
  for (const own of groupBy(flights, ({ deployment }) => deployment).values()) {
    through(own, runTime.perDeployment, length, () => 0)
  }
  const arriving = jobs.filter(({ node }) => node >= 0)
  for (const starts of groupBy(arriving, ({ node }) => node).values()) {
    through(
      starts,
      runTime.startsPerNode,
      ({ startup }) => startup,
      ({ drain }) => drain
    )
  }
  return bound
}

/**
 * How long jobs take at least through so many places: all of them evenly; and of the k · width + 1 longest some place has k + 1, which take
 * as long as the k + 1 shortest of them.
 */
function secondsThrough(jobs: readonly number[], width: number): number {
  const longestFirst = Float64Array.from(jobs).sort().reverse()
  const upTo = new Float64Array(jobs.length + 1)
  for (const [index, seconds] of longestFirst.entries()) upTo[index + 1] = (upTo[index] as number) + seconds
  let most = (upTo[jobs.length] as number) / width
  for (let each = 1, end = width + 1; end <= jobs.length; each++, end += width) {
    most = Math.max(most, (upTo[end] as number) - (upTo[end - each - 1] as number))
  }
  return most
}

function raiseHeads(jobs: readonly Job[], contests: readonly Contest[]): void {
  for (let round = 0, rises = true; rises && round < MOST_ROUNDS; round++) {
    rises = false
    const raise = (job: Job, head: number) => {
      if (head <= job.head + NOTHING) return
      job.head = head
      rises = true
    }
    for (const job of jobs) if (job.previous !== undefined) raise(job, endOf(job.previous))
    for (const { excess, arrivals, departures } of contests) {
      if (arrivals.every(({ amount }) => excess + amount <= NOTHING)) continue
      const whenFree = earliestFree(departures)
      for (const { job, amount } of arrivals) raise(job, whenFree(excess + amount))
    }
  }
}

/** The earliest moment at which so much can have been given back. */
function earliestFree(departures: readonly Change[]): (amount: number) => number {
  const byEnd = [...departures].sort((left, right) => endOf(left.job) - endOf(right.job))
  const freed = new Float64Array(byEnd.length)
  let sum = 0
  for (const [index, { amount }] of byEnd.entries()) {
    sum += amount
    freed[index] = sum
  }
  return (amount) => {
    if (amount <= NOTHING) return 0
    let low = 0
    for (let high = byEnd.length; low < high; ) {
      const middle = (low + high) >> 1
      if ((freed[middle] as number) < amount - NOTHING) low = middle + 1
      else high = middle
    }
    const last = byEnd[low]
    return last === undefined ? 0 : endOf(last.job)
  }
}

/** Of all who come to a limit one begins last, when there is room for everybody, and has its whole way still before it. */
function endOfContest({ excess, arrivals, departures }: Contest): number {
  const shortest = arrivals.reduce((least, { job }) => Math.min(least, job.startup + job.drain), Infinity)
  return earliestFree(departures)(excess + sumOf(arrivals)) + shortest
}

/**
 * Who takes of a limit and gives the same back at its own end, as moves do of the surge, uses it like a machine: amount times length,
 * of all of them, is at most what there is of it times the time. What others give back counts as if it were there at once.
 */
function energyOf({ excess, arrivals, departures }: Contest): number {
  const back = new Map<Job, number>()
  for (const { job, amount } of departures) back.set(job, (back.get(job) ?? 0) + amount)
  let width = -excess
  let energy = 0
  let head = Infinity
  for (const { job, amount } of arrivals) {
    const own = Math.min(amount, back.get(job) ?? 0)
    back.set(job, (back.get(job) ?? 0) - own)
    energy += own * (job.startup + job.drain)
    if (own > 0) head = Math.min(head, job.head)
  }
  for (const amount of back.values()) width += amount
  return energy === 0 || width <= NOTHING ? 0 : head + energy / width
}
