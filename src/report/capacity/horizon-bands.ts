import type { HorizonAnswer } from '../../capacity/horizon/horizon-answer.js'
import type { Stack } from '../charts/series.js'

/** What a horizon costs an hour, period by period: committed, on demand and spot on top of each other, and the bound. */
export function bandsOf({ periods, contents, hourly, cost, hours, periodSeconds }: HorizonAnswer): Stack {
  const basePerHour = cost.base / hours
  const isSpot = contents.map(({ type, market, ofBase }) => ({
    isHourly: !ofBase,
    isSpot: market === 'spot',
    each: eachOf(hourly, type, market)
  }))
  const perHour = (spot: boolean) =>
    periods.map(({ nodes }) =>
      nodes.reduce((sum, [index, count]) => {
        const hosting = isSpot[index]
        return hosting?.isHourly === true && hosting.isSpot === spot ? sum + count * hosting.each : sum
      }, 0)
    )
  return {
    starts: periods.map(({ startSeconds }) => startSeconds),
    end: periods.length * periodSeconds,
    bands: [
      { name: 'committed', values: periods.map(() => basePerHour) },
      { name: 'on demand', values: perHour(false) },
      { name: 'spot', values: perHour(true) }
    ].filter(({ values }) => values.some((value) => value > 0)),
    lines: [{ name: 'bound', values: periods.map(({ boundPerHour }) => boundPerHour) }]
  }
}

function eachOf(hourly: HorizonAnswer['hourly'], type: string, market: string): number {
  const found = hourly.find((one) => one.type === type && one.market === market)
  return found === undefined || found.nodeHours === 0 ? 0 : found.cost / found.nodeHours
}
