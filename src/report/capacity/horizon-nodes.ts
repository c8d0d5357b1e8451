import type { HorizonAnswer } from '../../capacity/horizon/horizon-answer.js'
import type { Stack } from '../charts/series.js'
import { nodeLabels } from './node-labels.js'

/** The nodes of a horizon, period by period: those of the base, and on top of them what is had by the hour, type by type, those that run most first. */
export function nodeBands({ periods, contents, base, hourly: all, periodSeconds }: HorizonAnswer): Stack {
  const hourly = [...all].sort((left, right) => right.nodeHours - left.nodeHours)
  const kept = base.reduce((sum, { nodes }) => sum + nodes, 0)
  const labels = nodeLabels(hourly)
  const bandOf = new Map(hourly.map(({ type, market }, index) => [keyOf(type, market), index]))
  const counts = hourly.map(() => new Array<number>(periods.length).fill(0))
  for (const [period, { nodes }] of periods.entries()) {
    for (const [index, count] of nodes) {
      const hosting = contents[index]
      if (hosting === undefined || hosting.ofBase) continue
      const band = counts[bandOf.get(keyOf(hosting.type, hosting.market)) ?? -1]
      if (band !== undefined) band[period] = (band[period] ?? 0) + count
    }
  }
  return {
    starts: periods.map(({ startSeconds }) => startSeconds),
    end: periods.length * periodSeconds,
    bands: [
      ...(kept > 0 ? [{ name: 'committed', values: periods.map(() => kept) }] : []),
      ...hourly.map((_, index) => ({ name: labels[index] ?? '', values: counts[index] ?? [] }))
    ]
  }
}

function keyOf(type: string, market: string): string {
  return JSON.stringify([type, market])
}
