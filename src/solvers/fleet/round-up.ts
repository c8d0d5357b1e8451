import { linkOf, type Pattern } from '../patterns/pattern.js'
import type { PeriodBatch } from './period-batch.js'
import type { PeriodColumn } from './period-model.js'

/** Parts of a node that are none. */
const WHOLE = 1e-6

/**
 * Whole nodes for a period at no expense of time: those of a linear program rounded down, and one node after the other that supplies
 * most of what is missing for its price. null where that finds nothing, or breaks a limit.
 *
 * @param nodes [column]: of the linear program.
 */
export function roundUp(
  batch: PeriodBatch,
  period: number,
  patterns: readonly Pattern[],
  columns: readonly PeriodColumn[],
  nodes: Float64Array
): Float64Array | null {
  if (batch.classes.length > 0) return null
  const rounding = new Rounding(batch, period)
  const whole = nodes.map((amount) => Math.floor(amount + WHOLE))
  const patternOf = (column: number) => patterns[(columns[column] as PeriodColumn).pattern] as Pattern
  const isOfBase = (column: number) => (columns[column] as PeriodColumn).ofBase
  for (const [column, amount] of whole.entries()) {
    if (amount > 0) rounding.take(patternOf(column), isOfBase(column), amount)
  }
  // Columns of the program first, and any other where they do not do.
  const used = [...columns.keys()].filter((column) => (nodes[column] as number) > WHOLE)
  while (!rounding.isDone) {
    let best = -1
    for (const candidates of [used, columns.keys()]) {
      let most = 0
      for (const column of candidates) {
        const merit = rounding.merit(patternOf(column), isOfBase(column))
        if (merit > most) [best, most] = [column, merit]
      }
      if (best >= 0) break
    }
    if (best < 0) return null
    rounding.take(patternOf(best), isOfBase(best), 1)
    whole[best] = (whole[best] as number) + 1
  }
  return rounding.isLegal ? whole : null
}

/** What is still missing in a period, and what may still be had. */
class Rounding {
  /** [deployment], then [row] of those that no node takes from. */
  readonly #missing: Float64Array
  /** [row]: what nodes leave of it, at least 0. */
  readonly #left: Float64Array
  /** [kind]: of the base, and beyond it. */
  readonly #base: Float64Array
  readonly #beyond: Float64Array

  constructor(
    readonly batch: PeriodBatch,
    readonly period: number
  ) {
    const { problem, wanted, least, base } = batch
    const { deployments, kinds, linkLeast, linkNode, available } = problem
    this.#missing = wanted.slice(period * deployments, (period + 1) * deployments)
    // The nodes of the base count in a row whether or not they are used.
    this.#left = Float64Array.from(linkLeast, (_, row) => {
      let left = -(least[period * linkLeast.length + row] as number)
      for (let kind = 0; kind < kinds; kind++) left += (linkNode[row * kinds + kind] as number) * (base[kind] as number)
      return left
    })
    this.#base = base.slice()
    this.#beyond = Float64Array.from(available)
  }

  get isDone(): boolean {
    return (
      this.#missing.every((copies) => copies <= WHOLE) &&
      this.#left.every((left, row) => left >= -WHOLE || !this.#isOfCopies(row))
    )
  }

  get isLegal(): boolean {
    return this.isDone && this.#left.every((left) => left >= -WHOLE)
  }

  /** Copies that are missing and that one more node would supply, for its price. 0 where there is none to be had. */
  merit(pattern: Pattern, ofBase: boolean): number {
    const { kind, counts } = pattern
    if (((ofBase ? this.#base : this.#beyond)[kind] as number) < 1) return 0
    let supplied = 0
    for (const [deployment, copies] of counts.entries()) {
      supplied += Math.min(copies, Math.max(0, this.#missing[deployment] as number))
    }
    for (const [row, left] of this.#left.entries()) {
      const link = this.#link(row, pattern, ofBase)
      if (link < 0 && left + link < -WHOLE) return 0
      if (left < 0 && link > 0) supplied += Math.min(link, -left)
    }
    const { price, problem } = this.batch
    const cost = ofBase ? 0 : (price[this.period * problem.kinds + kind] as number)
    return supplied / (cost + 1e-9)
  }

  take(pattern: Pattern, ofBase: boolean, nodes: number): void {
    const { kind, counts } = pattern
    const supply = ofBase ? this.#base : this.#beyond
    supply[kind] = (supply[kind] as number) - nodes
    for (const [deployment, copies] of counts.entries()) {
      this.#missing[deployment] = (this.#missing[deployment] as number) - copies * nodes
    }
    for (const row of this.#left.keys()) {
      this.#left[row] = (this.#left[row] as number) + nodes * this.#link(row, pattern, ofBase)
    }
  }

  #link(row: number, pattern: Pattern, ofBase: boolean): number {
    const { kinds, linkNode } = this.batch.problem
    return linkOf(this.batch.problem, row, pattern) - (ofBase ? (linkNode[row * kinds + pattern.kind] as number) : 0)
  }

  #isOfCopies(row: number): boolean {
    const { kinds, deployments, linkCopy } = this.batch.problem
    const width = linkCopy.length === 0 ? 0 : kinds * deployments
    return linkCopy.subarray(row * width, (row + 1) * width).some((copy) => copy > 0)
  }
}
