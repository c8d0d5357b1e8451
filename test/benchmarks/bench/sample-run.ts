import type { BenchRun } from '../../../benchmarks/bench/record.mjs'

/** A run that is right in all its parts, with some of them changed. */
export const sampleRun = (parts: Partial<BenchRun> = {}): BenchRun => ({
  experiment: 'race',
  instance: 'one',
  budgetShare: null,
  contestant: 'replica-compactor',
  seed: 1,
  limitSeconds: 10,
  seconds: 2,
  cpuSeconds: 3,
  peakMegabytes: 100,
  cost: 100,
  bound: 90,
  migrations: 5,
  starts: null,
  activeNodes: 4,
  termination: 'time-limit',
  wrong: null,
  refused: null,
  incumbents: [{ seconds: 1, cost: 100 }],
  bounds: [{ seconds: 1.5, bound: 90 }],
  commit: 'abc',
  date: '2026-01-01',
  ...parts
})
