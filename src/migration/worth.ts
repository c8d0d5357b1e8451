import type { Instance } from '../../models/instance/instance.js'
import type { Target } from '../../models/instance/packing.js'
import { Departures } from './departures.js'
import type { Progress } from './progress.js'

/** Nodes that host nothing in the end: 1 for each. */
export function emptyNodes(instance: Instance, target: Target): Uint8Array {
  const empty = new Uint8Array(instance.nodes.length).fill(1)
  for (const place of [...target.copies, ...target.newcomers, ...target.headroom])
    if (place !== null) empty[place.node] = 0
  return empty
}

/** What it is worth that a node is emptied: its cost where it is released; more than any cost where it must be empty. */
export function nodeWorth(instance: Instance, target: Target): Float64Array {
  const empty = emptyNodes(instance, target)
  return Float64Array.from(instance.nodes, ({ index, mustEmpty, releasable, costPerHour }) =>
    mustEmpty ? Infinity : empty[index] === 1 && releasable ? costPerHour : 0
  )
}

/** How good a state is: duties done (newcomers placed, broken limits left, nodes emptied that must be), cost released, moves. */
export interface Achievement {
  readonly duties: number
  readonly released: number
  readonly moves: number
}

/** Keeps for every mover what its going achieves. */
export class Worth {
  /** Who goes next. */
  readonly departures: Departures
  /** 1 for a mover that has to go whatever it saves: newcomers, and who stands on a limit that is broken or a node to empty. */
  private readonly duty: Uint8Array
  private readonly worth: Float64Array
  private readonly leavers: Int32Array

  constructor(
    private readonly progress: Progress,
    target: Target
  ) {
    const { instance, agenda, ledger, limits } = progress
    this.worth = nodeWorth(instance, target)
    this.leavers = new Int32Array(instance.nodes.length)
    for (const { from } of agenda.movers) if (from >= 0) this.leavers[from] = (this.leavers[from] as number) + 1
    this.duty = Uint8Array.from(agenda.movers, ({ index, from }) => {
      const broken = progress.holdingOfMover(index)?.counters.some((counter) => {
        return !limits.isSurge(counter) && (ledger.level[counter] as number) > (limits.limit[counter] as number)
      })
      return from < 0 || broken === true || this.worth[from] === Infinity ? 1 : 0
    })
    this.departures = new Departures(progress, this)
  }

  isDuty(mover: number): boolean {
    return this.duty[mover] === 1
  }

  /** Cost freed per move when a mover goes; Infinity for a duty. */
  perMove(mover: number): number {
    const from = this.progress.agenda.movers[mover]?.from ?? -1
    if (this.duty[mover] === 1 || from < 0) return Infinity
    return (this.worth[from] as number) / (this.leavers[from] as number)
  }

  /** What these movers have achieved. */
  achieved(movers: readonly number[]): Achievement {
    const left = new Map<number, number>()
    const done = { duties: 0, released: 0, moves: 0 }
    for (const mover of movers) {
      if (this.progress.arrived[mover] === 0) continue
      done.moves++
      if (this.duty[mover] === 1) done.duties++
      const from = this.progress.agenda.movers[mover]?.from ?? -1
      if (from >= 0) left.set(from, (left.get(from) ?? 0) + 1)
    }
    for (const [node, moves] of left) {
      if (moves === this.leavers[node] && this.worth[node] !== Infinity) done.released += this.worth[node] as number
    }
    return done
  }
}

export function isBetter(left: Achievement, right: Achievement): boolean {
  if (left.duties !== right.duties) return left.duties > right.duties
  if (Math.abs(left.released - right.released) > 1e-9) return left.released > right.released
  return left.moves > right.moves
}
