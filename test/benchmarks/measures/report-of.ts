import {
  type BenchContestant,
  type BenchInstance,
  type BenchReport,
  type BenchRun,
  report
} from '../../../benchmarks/bench/record.mjs'

/** A report of these runs; instances and contestants that they name are made, unless they are given. */
export function reportOf(
  runs: readonly BenchRun[],
  parts: Partial<BenchReport> & { facts?: Record<string, Partial<BenchInstance>> } = {}
): BenchReport {
  const { facts = {}, ...rest } = parts
  const instances = [...new Set(runs.map(({ instance }) => instance))].map((name) => ({
    name,
    group: 'few',
    nodes: 10,
    replicas: 30,
    deployments: 3,
    fingerprint: `sha256:${name}`,
    source: null,
    initial: { costPerHour: 150, activeNodes: 10 },
    bestKnown: null,
    gpuLoad: null,
    ...facts[name]
  }))
  const contestants = [...new Set(runs.map(({ contestant }) => contestant))].map((name) => ({
    name,
    kind: kindOf(name),
    description: name,
    places: !name.endsWith('by type'),
    versions: []
  }))
  return report.parse({
    schemaVersion: 1,
    date: '2026-01-01',
    commit: null,
    machine: { cpu: 'a processor', cores: 2, memoryGiB: 8 },
    versions: { node: '20.0.0' },
    suite: 'quick',
    cores: 2,
    gap: 1e-4,
    instances,
    contestants,
    runs: [...runs],
    absent: [],
    context: { allocations: [] },
    ...rest
  } satisfies BenchReport)
}

const kindOf = (name: string): BenchContestant['kind'] =>
  name.startsWith('replica-compactor') ? 'engine' : name.endsWith('policy') ? 'policy' : 'solver'
