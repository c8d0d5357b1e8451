import type { Mark } from './axis.js'

const MINUTE = 60
const HOUR = 3600
const DAY = 86_400

/** Steps that people count time in, and the unit in which their multiples read best. */
const STEPS = [
  ...[0.001, 0.01, 0.1, 0.5, 1, 2, 5, 10, 15, 30].map((step) => ({ step, unit: 1, name: 's' })),
  ...[1, 2, 5, 10, 15, 30].map((step) => ({ step: step * MINUTE, unit: MINUTE, name: 'min' })),
  ...[1, 2, 3, 6, 12].map((step) => ({ step: step * HOUR, unit: HOUR, name: 'h' })),
  ...[1, 2, 7, 14, 28].map((step) => ({ step: step * DAY, unit: DAY, name: 'd' }))
]

/** At most so many moments between two, in seconds, at whole multiples of a step that people count in: `0`, `6 h`, `12 h`. */
export function timeTicks(first: number, last: number, count: number): Mark[] {
  const most = Math.max(1, count)
  const found = STEPS.find((one) => countMultiples(first, last, one.step) <= most) ?? {
    step: roundUp((last - first) / most / DAY) * DAY,
    unit: DAY,
    name: 'd'
  }
  const { step } = found
  const { unit, name } = enlarge(found, last)
  const begin = Math.ceil(first / step - 1e-9)
  return Array.from({ length: Math.min(most, countMultiples(first, last, step)) }, (_, index) => {
    const value = (begin + index) * step
    const amount = Number((value / unit).toPrecision(9))
    return { value, label: amount === 0 ? '0' : `${amount.toLocaleString('en-US')} ${name}` }
  }).filter(({ value }) => Number.isFinite(value) && value <= last + 1e-9 * step)
}

const LARGER = [
  { unit: MINUTE, name: 'min' },
  { unit: HOUR, name: 'h' },
  { unit: DAY, name: 'd' }
]

/** `1.5 h` and not `90 min`, `2.5 d` and not `60 h`: the next unit, where most marks are beyond it and quarters of it tell them apart. */
function enlarge(step: (typeof STEPS)[number], last: number): { unit: number; name: string } {
  const larger = LARGER.find(({ unit }) => unit > step.unit)
  const isBeyond = larger !== undefined && last >= 2 * larger.unit && step.step % (larger.unit / 4) === 0
  return isBeyond && larger !== undefined ? larger : step
}

function countMultiples(first: number, last: number, step: number): number {
  return Math.floor(last / step + 1e-9) - Math.ceil(first / step - 1e-9) + 1
}

/** The next of 1, 2, 5, 10, 20, …; at least 1. */
function roundUp(amount: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, amount)))
  return (([1, 2, 5].find((factor) => factor * power >= amount) ?? 10) as number) * power
}
