import { describe, expect, test } from 'vitest'
import {
  formatClock,
  formatCount,
  formatDuration,
  formatMoney,
  formatPercent,
  formatPrecise,
  formatRoundMoney
} from '../../src/report/text/numbers.js'

describe('numbers for people', () => {
  test.each([
    [0, '0.00'],
    [0.0345678, '0.0346'],
    [12, '12.00'],
    [1234567.891, '1,234,567.89'],
    [-3.5, '-3.50']
  ])('money %d', (amount, text) => expect(formatMoney(amount)).toBe(text))

  test.each([
    [99.4, '99.40'],
    [580_876.2, '580,876']
  ])('money over a year %d', (amount, text) => expect(formatRoundMoney(amount)).toBe(text))

  test.each([
    [17.976000000000003, '17.976'],
    [63.9996, '63.9996'],
    [1234.5, '1,234.5']
  ])('amount beside another one %d', (amount, text) => expect(formatPrecise(amount)).toBe(text))

  test.each([
    [0, '0.0 %'],
    [0.262, '26.2 %'],
    [0.00005234, '0.0052 %'],
    [1, '100.0 %']
  ])('share %d', (share, text) => expect(formatPercent(share)).toBe(text))

  test.each([
    [0.42, '0.4 s'],
    [0, '0 s'],
    [59.96, '1 min'],
    [90, '1 min 30 s'],
    [3600, '1 h'],
    [11_100, '3 h 5 min'],
    [7199.7, '2 h']
  ])('duration %d', (seconds, text) => expect(formatDuration(seconds)).toBe(text))

  test.each([
    [0, '0:00'],
    [90.4, '1:30'],
    [3599.6, '1:00:00'],
    [11_105, '3:05:05']
  ])('clock %d', (seconds, text) => expect(formatClock(seconds)).toBe(text))

  test('counts', () => {
    expect(formatCount(1, 'node')).toBe('1 node')
    expect(formatCount(1234, 'node')).toBe('1,234 nodes')
    expect(formatCount(2, 'replica without a place', 'replicas without a place')).toBe('2 replicas without a place')
  })
})
