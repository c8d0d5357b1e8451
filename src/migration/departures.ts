import { unblocks } from './greedy-order.js'
import type { Progress } from './progress.js'
import type { Worth } from './worth.js'

/** Movers of one pool that leave the same node and are worth the same: it makes no difference who of them goes. */
interface Crowd {
  readonly movers: number[]
  readonly worth: number
  /** All before this position have gone, unless something was taken back since. */
  first: number
  takenBack: number
  /** How many wait for what one of them gives back, when that was counted last. */
  unblocks: number
  countedAt: number
}

/** Who of a pool had best go next. Thousands may be alike: they are told apart by node, and ranked anew where something changed. */
export class Departures {
  private readonly crowds: readonly (readonly Crowd[])[]

  constructor(
    private readonly progress: Progress,
    worth: Worth
  ) {
    const { agenda } = progress
    this.crowds = agenda.pools.map(({ movers }) => {
      const crowds = new Map<string, Crowd>()
      for (const mover of movers) {
        const perMove = worth.perMove(mover)
        const key = `${agenda.movers[mover]?.from} ${perMove}`
        const crowd = crowds.get(key)
        if (crowd !== undefined) crowd.movers.push(mover)
        else crowds.set(key, { movers: [mover], worth: perMove, first: 0, takenBack: 0, unblocks: 0, countedAt: -1 })
      }
      return [...crowds.values()]
    })
  }

  /**
   * The mover of a pool that had best take a slot; −1: nobody can, as all have arrived or stand at its node. Who is away goes home
   * first, for it stands in the way of others; `patient`: only when nobody waits for one that is still there, so that one stop-over
   * serves them all.
   */
  best(pool: number, slot: number, patient = false): number {
    const { progress } = this
    const away = progress.away.size === 0 ? -1 : this.bestAway(pool, slot)
    if (away >= 0 && !patient) return away
    let best = -1
    let leaders: Crowd | undefined
    for (const crowd of this.crowds[pool] as readonly Crowd[]) {
      const mover = this.firstOf(crowd)
      if (mover < 0 || !progress.suits(mover, slot)) continue
      this.count(crowd, mover)
      const order = leaders === undefined ? 1 : compare(crowd, leaders)
      if (order < 0 || (order === 0 && mover > best)) continue
      best = mover
      leaders = crowd
    }
    if (away >= 0 && (leaders === undefined || leaders.unblocks === 0)) return away
    return best
  }

  private bestAway(pool: number, slot: number): number {
    let best = -1
    let bestRank = { worth: 0, unblocks: 0 }
    for (const crowd of this.crowds[pool] as readonly Crowd[]) {
      for (const mover of crowd.movers) {
        if (!this.progress.away.has(mover) || !this.progress.suits(mover, slot)) continue
        const rank = { worth: crowd.worth, unblocks: unblocks(this.progress, mover) }
        const order = best < 0 ? 1 : compare(rank, bestRank)
        if (order < 0 || (order === 0 && mover > best)) continue
        best = mover
        bestRank = rank
      }
    }
    return best
  }

  /** The first who is still there; −1: nobody. */
  private firstOf(crowd: Crowd): number {
    const { arrived, away, takenBack } = this.progress
    if (crowd.takenBack !== takenBack) {
      crowd.takenBack = takenBack
      crowd.first = 0
    }
    const { movers } = crowd
    while (crowd.first < movers.length && arrived[movers[crowd.first] as number] === 1) crowd.first++
    for (let position = crowd.first; position < movers.length; position++) {
      const mover = movers[position] as number
      if (arrived[mover] === 0 && !away.has(mover)) return mover
    }
    return -1
  }

  private count(crowd: Crowd, mover: number): void {
    const changes = this.progress.changesAround(mover)
    if (crowd.countedAt === changes) return
    crowd.countedAt = changes
    crowd.unblocks = unblocks(this.progress, mover)
  }
}

type Rank = Pick<Crowd, 'worth' | 'unblocks'>

/** Above 0 where the left one goes first: those that have to go, then those that others wait for, then by what their going is worth. */
function compare(left: Rank, right: Rank): number {
  const duty = Number(left.worth === Infinity) - Number(right.worth === Infinity)
  if (duty !== 0) return duty
  if (left.unblocks !== right.unblocks) return left.unblocks - right.unblocks
  return left.worth === right.worth ? 0 : left.worth - right.worth
}
