import type { FilledPeriod } from '../../solvers/fleet/fill-periods.js'
import type { PeriodBatch } from '../../solvers/fleet/period-batch.js'

/** Nodes of a kind that are not needed from one period up to, not including, another, and are needed again then. */
interface Pause {
  readonly kind: number
  readonly from: number
  readonly to: number
  /** Money for one that is kept instead of ordered again. */
  readonly saving: number
  nodes: number
}

/**
 * Keeps nodes that host nothing for a while where that costs less than to order them again, the largest saving first, as far as there are
 * so many and quotas leave room. Node by node that is the cheapest: the n-th of a kind is needed just where n of them are.
 *
 * @param orderPrice [kind].
 */
export function holdNodes(
  batch: PeriodBatch,
  filled: readonly FilledPeriod[],
  orderPrice: Float64Array
): readonly FilledPeriod[] {
  const pauses = [...orderPrice.keys()].flatMap((kind) => pausesOf(batch, nodesOfKind(filled, kind), kind, orderPrice))
  if (pauses.length === 0) return filled
  const room = new SupplyRoom(batch, filled)
  const held = filled.map(() => new Int32Array(orderPrice.length))
  for (const pause of pauses.sort((left, right) => right.saving - left.saving)) {
    const nodes = room.take(pause)
    for (let period = pause.from; period < pause.to; period++) {
      const own = held[period] as Int32Array
      own[pause.kind] = (own[pause.kind] as number) + nodes
    }
  }
  return filled.map((period, index) => withIdle(batch, period, held[index] as Int32Array))
}

/** [period]: nodes of a kind by the hour. */
function nodesOfKind(filled: readonly FilledPeriod[], kind: number): number[] {
  return filled.map(({ nodes }) =>
    nodes.reduce((sum, { pattern, beyond }) => sum + (pattern.kind === kind ? beyond : 0), 0)
  )
}

function pausesOf(
  { price, problem }: PeriodBatch,
  nodes: readonly number[],
  kind: number,
  orderPrice: Float64Array
): Pause[] {
  const pauses: Pause[] = []
  // Of nodes given back: since when, and how many still, the latest last; as a stack the n-th comes back before any below it.
  const gone: { since: number; nodes: number }[] = []
  for (let period = 1; period < nodes.length; period++) {
    const change = (nodes[period] as number) - (nodes[period - 1] as number)
    if (change < 0) gone.push({ since: period, nodes: -change })
    for (let back = change; back > 0 && gone.length > 0; ) {
      const latest = gone.at(-1) as (typeof gone)[number]
      const again = Math.min(back, latest.nodes)
      let saving = orderPrice[kind] as number
      for (let idle = latest.since; idle < period && saving > 0; idle++) {
        saving -= price[idle * problem.kinds + kind] as number
      }
      if (saving > 0) pauses.push({ kind, from: latest.since, to: period, saving, nodes: again })
      back -= again
      latest.nodes -= again
      if (latest.nodes === 0) gone.pop()
    }
  }
  return pauses
}

/** What is still to be had in each period. */
class SupplyRoom {
  /** [period × kinds + kind]. */
  readonly #nodes: Float64Array
  /** [period × rows + row]: what nodes leave of each linking row. */
  readonly #rows: Float64Array

  constructor(
    readonly batch: PeriodBatch,
    filled: readonly FilledPeriod[]
  ) {
    const { kinds, linkLeast, linkNode, available } = batch.problem
    const rows = linkLeast.length
    this.#nodes = new Float64Array(filled.length * kinds)
    this.#rows = new Float64Array(filled.length * rows)
    for (const [period, { nodes }] of filled.entries()) {
      this.#nodes.set(available, period * kinds)
      const active = Float64Array.from(batch.base)
      for (const { pattern, beyond } of nodes) {
        const at = period * kinds + pattern.kind
        this.#nodes[at] = (this.#nodes[at] as number) - beyond
        active[pattern.kind] = (active[pattern.kind] as number) + beyond
      }
      for (let row = 0; row < rows; row++) {
        let left = -(batch.least[period * rows + row] as number)
        for (const [kind, count] of active.entries()) left += (linkNode[row * kinds + kind] as number) * count
        this.#rows[period * rows + row] = left
      }
    }
  }

  /** Takes as many nodes of a pause as there is room for. */
  take({ kind, from, to, nodes }: Pause): number {
    const { kinds, linkLeast, linkNode } = this.batch.problem
    const rows = linkLeast.length
    let most = nodes
    for (let period = from; period < to; period++) {
      most = Math.min(most, this.#nodes[period * kinds + kind] as number)
      for (let row = 0; row < rows; row++) {
        const each = linkNode[row * kinds + kind] as number
        if (each < 0) most = Math.min(most, Math.floor((this.#rows[period * rows + row] as number) / -each))
      }
    }
    most = Math.max(0, most)
    for (let period = from; period < to; period++) {
      this.#nodes[period * kinds + kind] = (this.#nodes[period * kinds + kind] as number) - most
      for (let row = 0; row < rows; row++) {
        const at = period * rows + row
        this.#rows[at] = (this.#rows[at] as number) + most * (linkNode[row * kinds + kind] as number)
      }
    }
    return most
  }
}

function withIdle({ problem }: PeriodBatch, period: FilledPeriod, held: Int32Array): FilledPeriod {
  const idle = [...held].flatMap((beyond, kind) => {
    const pattern = { kind, group: -1, counts: new Int32Array(problem.deployments), stays: new Int32Array(0) }
    return beyond === 0 ? [] : [{ pattern, ofBase: 0, beyond }]
  })
  return idle.length === 0 ? period : { ...period, nodes: [...period.nodes, ...idle] }
}
