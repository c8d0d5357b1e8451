import type { SweepAnswer } from '../../capacity/sweep/sweep-answer.js'
import type { Combination } from './sweep-combinations.js'

/** What one value of an axis comes to, over all combinations that have it. */
export interface AxisEffect {
  readonly axis: string
  readonly label: string
  /** Cost an hour on average over the combinations with a placement; null where there are none. */
  readonly costPerHour: number | null
  readonly combinations: number
  readonly withoutPlacement: number
}

/** The effect of every value of every axis that varies. */
export function axisEffects({ axes }: Pick<SweepAnswer, 'axes'>, combinations: readonly Combination[]): AxisEffect[] {
  return axes.flatMap(({ name, labels }, position) =>
    labels.length < 2
      ? []
      : labels.map((label) => {
          const some = combinations.filter((combination) => combination.labels[position] === label)
          return { axis: name, label, ...summarise(some) }
        })
  )
}

/** A table over two axes; what differs in others is averaged. */
export interface AxisGrid {
  readonly rows: { readonly name: string; readonly labels: readonly string[] }
  readonly columns: { readonly name: string; readonly labels: readonly string[] }
  /** By row, then by column; null where nothing is known. */
  readonly costs: readonly (readonly (number | null)[])[]
  /** Names of the axes that are averaged over. */
  readonly averaged: readonly string[]
}

/** The costs over the first two axes that vary; null where fewer do. */
export function axisGrid({ axes }: Pick<SweepAnswer, 'axes'>, combinations: readonly Combination[]): AxisGrid | null {
  const varying = [...axes.entries()].filter(([, { labels }]) => labels.length > 1)
  const [first, second, ...others] = varying
  if (first === undefined || second === undefined) return null
  const [[row, rows], [column, columns]] = [first, second]
  const costs = rows.labels.map((label) =>
    columns.labels.map((other) => {
      return summarise(combinations.filter(({ labels }) => labels[row] === label && labels[column] === other))
        .costPerHour
    })
  )
  return { rows, columns, costs, averaged: others.map(([, { name }]) => name) }
}

function summarise(some: readonly Combination[]) {
  const costs = some.flatMap(({ best }) => best?.objective.costPerHour ?? [])
  return {
    costPerHour: costs.length === 0 ? null : costs.reduce((sum, cost) => sum + cost, 0) / costs.length,
    combinations: some.length,
    withoutPlacement: some.length - costs.length
  }
}
