import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { displayProgress, formatProgress } from '../../src/cli/progress.js'
import type { Progress } from '../../src/index.js'

const progress: Progress = {
  elapsedMs: 4200,
  phase: 'placement',
  costPerHour: 1187.02,
  bound: 181.6,
  gap: 0.029,
  migrations: 38
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function stream(isTTY: boolean, columns?: number) {
  const written: string[] = []
  return { isTTY, ...(columns === undefined ? {} : { columns }), written, write: (text: string) => written.push(text) }
}

describe('a line of progress', () => {
  test('says what is known', () => {
    expect(formatProgress(progress)).toBe(
      '4.2 s  placement  cost 1,187.02 an hour  bound 181.60  gap 2.9 %  38 migrations'
    )
  })

  test('leaves out what is not', () => {
    const unknown = { ...progress, costPerHour: Number.POSITIVE_INFINITY, bound: 0, gap: Number.POSITIVE_INFINITY }
    expect(formatProgress(unknown)).toBe('4.2 s  placement')
  })
})

describe('on a terminal', () => {
  test('one line is written over, its time runs on, and it is gone in the end', () => {
    const terminal = stream(true, 200)
    const display = displayProgress(terminal)
    display.show(progress)
    vi.advanceTimersByTime(1000)
    display.end()
    vi.advanceTimersByTime(1000)
    expect(terminal.written[0]).toContain('\r\x1b[K4.2 s  placement')
    expect(terminal.written.at(-2)).toContain('\r\x1b[K5.2 s  placement')
    expect(terminal.written.at(-1)).toBe('\r\x1b[K')
    expect(terminal.written.join('')).not.toContain('\n')
  })

  test('it never reaches the last column', () => {
    const terminal = stream(true, 30)
    displayProgress(terminal).show(progress)
    expect(terminal.written).toEqual(['\r\x1b[K4.2 s  placement  cost 1,187…'])
  })

  test('many reports draw few lines', () => {
    const terminal = stream(true, 200)
    const display = displayProgress(terminal)
    for (let report = 0; report < 1000; report += 1) display.show(progress)
    expect(terminal.written).toHaveLength(1)
    display.end()
  })
})

describe('elsewhere', () => {
  test('a line at once, then one every two seconds where something is new', () => {
    const log = stream(false)
    const display = displayProgress(log)
    display.show(progress)
    display.show({ ...progress, elapsedMs: 4300, migrations: 37 })
    display.show({ ...progress, elapsedMs: 4400, migrations: 36 })
    expect(log.written).toHaveLength(1)
    vi.advanceTimersByTime(2000)
    expect(log.written.at(-1)).toMatch(/^4\.4 s .* 36 migrations\n$/)
    display.show({ ...progress, elapsedMs: 7000, migrations: 36 })
    vi.advanceTimersByTime(10_000)
    expect(log.written).toHaveLength(2)
    display.end()
  })
})
