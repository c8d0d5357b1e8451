import type { MicroRecord, Timing } from '../../../benchmarks/micro/record.mjs'
import { median } from '../../../benchmarks/micro/statistics.mjs'

/** A timing with these medians of its rounds. */
function timingOf(roundsMs: number[]): Timing {
  const medianMs = median(roundsMs)
  return { medianMs, quartilesMs: [0.9 * medianMs, 1.1 * medianMs], roundsMs, iterations: 10 * roundsMs.length }
}

/** A record that nobody measured: the rounds of its tasks, by their names. */
export function recordOf(tasks: Record<string, number[]>, calibration = [4, 4.01, 3.99]): MicroRecord {
  return {
    schemaVersion: 1,
    date: '2026-11-22',
    commit: 'abc1234',
    machine: { cpu: 'A Processor', cores: 8, memoryGiB: 16, architecture: 'x64' },
    versions: { node: '20.20.2', package: '0.1.0', highs: '1.15.3' },
    clock: 'processor',
    calibration: timingOf(calibration),
    tasks: Object.entries(tasks).map(([name, roundsMs]) => ({ name, outcome: 7, ...timingOf(roundsMs) }))
  }
}
