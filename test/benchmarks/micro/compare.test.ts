import { describe, expect, test } from 'vitest'
import { compareRecords, LEAST_MARGIN } from '../../../benchmarks/micro/compare.mjs'
import { renderComparison } from '../../../benchmarks/micro/table.mjs'
import { recordOf } from './made-up.js'

/** Medians of rounds, 1 % apart. */
const steady = [9.9, 9.95, 10, 10.05, 10.1]
/** The same, as noisy as on a machine that has much else to do. */
const noisy = [8, 9, 10, 11, 12]

const scaled = (rounds: number[], factor: number) => rounds.map((ms) => factor * ms)
const compareOne = (before: number[], after: number[]) => {
  const [line] = compareRecords(recordOf({ one: before }), recordOf({ one: after })).lines
  if (line === undefined) throw new Error('nothing was compared')
  return line
}

describe('a task', () => {
  test('is slower beyond its margin, and faster as far below', () => {
    expect(compareOne(steady, scaled(steady, 1.3))).toMatchObject({ verdict: 'slower', ratio: expect.closeTo(1.3) })
    expect(compareOne(steady, scaled(steady, 1 / 1.3))).toMatchObject({ verdict: 'faster' })
  })

  test('is the same where it differs by no more than noise does', () => {
    const { verdict, margin } = compareOne(noisy, scaled(noisy, 1.3))
    expect(verdict).toBe('same')
    expect(margin).toBeGreaterThan(0.3)
    expect(compareOne(noisy, scaled(noisy, 1 / 1.3)).verdict).toBe('same')
    expect(compareOne(steady, scaled(noisy, 1.25)).verdict).toBe('same')
    expect(compareOne(noisy, scaled(steady, 1.25)).verdict).toBe('same')
  })

  test('is slower in spite of noise where it differs by much more', () => {
    expect(compareOne(noisy, scaled(noisy, 4)).verdict).toBe('slower')
  })

  test('has a margin even where rounds agree to the microsecond', () => {
    const [rounds, calibration] = [
      [10, 10, 10],
      [4, 4, 4]
    ]
    const verdictAt = (factor: number) =>
      compareRecords(recordOf({ one: rounds }, calibration), recordOf({ one: scaled(rounds, factor) }, calibration))
        .lines[0]?.verdict
    expect(verdictAt(1 + LEAST_MARGIN - 0.001)).toBe('same')
    expect(verdictAt(1 + LEAST_MARGIN + 0.001)).toBe('slower')
  })

  test('one round that stands out moves neither its median nor its margin', () => {
    const { ratio, margin } = compareOne(steady, [...steady.slice(0, 4), 100])
    expect(ratio).toBeCloseTo(1, 2)
    expect(margin).toBeLessThan(0.1)
  })
})

describe('a machine of another speed', () => {
  const calibration = [4, 4.01, 3.99]

  test('slows all tasks down, and none became slower', () => {
    const after = recordOf({ one: scaled(steady, 1.5) }, scaled(calibration, 1.5))
    const { lines, calibration: speed } = compareRecords(recordOf({ one: steady }), after)
    expect(speed.ratio).toBeCloseTo(1.5)
    expect(lines[0]).toMatchObject({ ratio: expect.closeTo(1.5), corrected: expect.closeTo(1), verdict: 'same' })
  })

  test('hides no task that became slower', () => {
    const after = recordOf({ one: steady }, scaled(calibration, 1 / 1.5))
    const [line] = compareRecords(recordOf({ one: steady }), after).lines
    expect(line).toMatchObject({ ratio: expect.closeTo(1), corrected: expect.closeTo(1.5), verdict: 'slower' })
  })

  test('widens the margin where its speed is uncertain', () => {
    const after = recordOf({ one: scaled(steady, 1.3) }, noisy)
    expect(compareRecords(recordOf({ one: steady }, noisy), after).lines[0]?.verdict).toBe('same')
  })
})

test('tasks that are in one record alone are named, and none of them is slower', () => {
  const before = recordOf({ kept: steady, gone: steady })
  const comparison = compareRecords(before, recordOf({ kept: steady, come: scaled(steady, 9) }))
  expect(comparison).toMatchObject({ added: ['come'], missing: ['gone'] })
  expect(comparison.lines.map(({ name, verdict }) => [name, verdict])).toEqual([['kept', 'same']])
})

test('a task that comes to something else does other work', () => {
  const [before, after] = [recordOf({ one: steady }), recordOf({ one: steady })]
  for (const task of after.tasks) task.outcome = 8
  expect(compareRecords(before, after).lines[0]?.isOtherWork).toBe(true)
  expect(renderComparison(compareRecords(before, after), before)).toContain('one comes to 8 now, and came to 7')
})

test('what is said names every task that changed, with both ratios', () => {
  const before = recordOf({ worse: steady, worst: steady, better: steady, gone: steady })
  const times = { worse: 2, worst: 3, better: 1 / 2, come: 1 }
  const rounds = Object.entries(times).map(([name, factor]) => [name, scaled(steady, 1.1 * factor)])
  const after = recordOf(Object.fromEntries(rounds), scaled([4, 4.01, 3.99], 1.1))
  const lines = renderComparison(compareRecords(before, after), before).split('\n')
  expect(lines.slice(lines.findIndex((line) => line.startsWith('slower')))).toEqual([
    expect.stringMatching(/^slower: worst takes 3\.00 times as long \(3\.30 as measured, margin /),
    expect.stringMatching(/^slower: worse takes 2\.00 times as long \(2\.20 as measured, margin /),
    expect.stringMatching(/^faster: better takes 0\.50 times as long \(0\.55 as measured, margin /),
    'new, compared with nothing: come',
    'missing, only in the former record: gone',
    '2 of 3 tasks became slower.'
  ])
})
