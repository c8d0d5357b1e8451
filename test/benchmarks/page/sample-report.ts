import {
  type BenchContestant,
  type BenchInstance,
  type BenchReport,
  type BenchRun,
  report
} from '../../../benchmarks/bench/record.mjs'

/** Names that break pages which trust them. */
export const hostile = '<script>alert("page")</script> & \'co\''
export const inherited = '__proto__'

type Talent = {
  readonly kind: BenchContestant['kind']
  /** How far it ends above the best, and how long it takes to get near that. */
  readonly excess: number
  readonly pace: number
  /** How far its bound ends below the best; null: it proves nothing. */
  readonly slack: number | null
  /** More nodes are refused. */
  readonly mostNodes?: number
  /** Instances that it gets wrong. */
  readonly wrongOn?: string
  /** Instances on which its answer comes when the time is up. */
  readonly lateOn?: string
  /** It proves bounds alone. */
  readonly placesNothing?: boolean
}

const talents: Record<string, Talent> = {
  'replica-compactor': { kind: 'engine', excess: 0.001, pace: 0.4, slack: 0.002 },
  'replica-compactor, 1 thread': { kind: 'engine', excess: 0.002, pace: 0.7, slack: 0.004 },
  greedy: { kind: 'part', excess: 0.06, pace: 0.05, slack: null },
  'column generation': { kind: 'part', excess: 0.004, pace: 2, slack: 0.006 },
  'compact model': { kind: 'part', excess: 0.02, pace: 3, slack: 0.02 },
  neighbourhoods: { kind: 'part', excess: 0.01, pace: 1.5, slack: null },
  'HiGHS, assignment': { kind: 'solver', excess: 0.05, pace: 2, slack: 0.08, mostNodes: 400 },
  'HiGHS, aggregated': { kind: 'solver', excess: 0.015, pace: 1.5, slack: 0.03, mostNodes: 1000 },
  'HiGHS, aggregated, rows': { kind: 'solver', excess: 0.012, pace: 1.7, slack: 0.02 },
  'HiGHS, by type': { kind: 'solver', excess: 0, pace: 0.4, slack: 0.03, placesNothing: true },
  'GLPK, assignment': { kind: 'solver', excess: 0.2, pace: 5, slack: 0.2, mostNodes: 120 },
  'GLPK, aggregated': { kind: 'solver', excess: 0.15, pace: 3, slack: 0.15, mostNodes: 200 },
  'GLPK, aggregated, rows': { kind: 'solver', excess: 0.14, pace: 3, slack: 0.12, mostNodes: 200 },
  'javascript-lp-solver, assignment': { kind: 'solver', excess: 0.3, pace: 6, slack: null, mostNodes: 60 },
  'javascript-lp-solver, aggregated': { kind: 'solver', excess: 0.28, pace: 5, slack: null, mostNodes: 60 },
  'javascript-lp-solver, aggregated, rows': { kind: 'solver', excess: 0.27, pace: 5, slack: null, mostNodes: 60 },
  'YALPS, assignment': { kind: 'solver', excess: 0.3, pace: 5, slack: null, mostNodes: 60 },
  [inherited]: { kind: 'solver', excess: 0.25, pace: 5, slack: 0.3, mostNodes: 100 },
  'HiGHS, aggregated, rows, start': { kind: 'solver', excess: 0.01, pace: 1.2, slack: 0.02 },
  'cbc, exported': { kind: 'solver', excess: 0.008, pace: 2.5, slack: 0.004, mostNodes: 600, wrongOn: 'dense-50-1' },
  'glpsol, exported': { kind: 'solver', excess: 0.1, pace: 4, slack: 0.15, mostNodes: 200, lateOn: 'packing-7-1' },
  'ray-compaction': { kind: 'policy', excess: 0.22, pace: 0.02, slack: null },
  karpenter: { kind: 'policy', excess: 0.16, pace: 0.03, slack: null },
  'karpenter-balanced': { kind: 'policy', excess: 0.18, pace: 0.03, slack: null },
  'cluster-autoscaler': { kind: 'policy', excess: 0.2, pace: 0.02, slack: null },
  descheduler: { kind: 'policy', excess: 0.35, pace: 0.02, slack: null },
  'first-fit-decreasing': { kind: 'policy', excess: 0.12, pace: 0.02, slack: null },
  'best-fit-decreasing': { kind: 'policy', excess: 0.11, pace: 0.02, slack: null },
  [hostile]: { kind: 'policy', excess: 0.4, pace: 0.02, slack: null }
}

const groups: readonly [group: string, sizes: readonly number[], pricePerNode: number][] = [
  ['openb', [32, 120, 399], 4],
  ['dense', [25, 50, 100, 200], 6],
  ['synthetic', [50, 100, 400, 1000], 3.6],
  ['packing', [7, 33, 56], 1]
]

/** A report with every kind of run there is, always the same. */
export function makeReport(): BenchReport {
  const random = makeRandom(7)
  const contestants = Object.entries(talents).map(([name, { kind, placesNothing }]) => ({
    name,
    kind,
    description: `What ${name} is, in one sentence.`,
    places: placesNothing !== true,
    versions: kind === 'solver' ? ['highs 1.15.3'] : []
  }))
  const raced = groups.flatMap(([group, sizes, price]) =>
    sizes.map((nodes) => makeInstance(`${group}/${group}-${nodes}-1`, group, nodes, price, null))
  )
  const clusters = [0.2, 0.4, 0.6, 0.8].map((load) =>
    makeInstance(`openb-load-${Math.round(100 * load)}`, 'openb', 1523, 8.1, load)
  )
  const sized = ['synthetic', 'dense'].flatMap((group) =>
    [50, 100, 200, 400, 800, 1600, 3200, 6400].map((nodes) =>
      makeInstance(`generated-${group}-${nodes}`, group, nodes, 5, null)
    )
  )
  const runs = [
    ...raced.flatMap((instance) =>
      Object.keys(talents).flatMap((name) =>
        [1, 2, 3].map((seed) => makeRun('race', instance, null, name, seed, 60, random))
      )
    ),
    ...clusters.flatMap((instance) =>
      [0.01, 0.05, 0.2, 1].flatMap((budget) =>
        Object.entries(talents).flatMap(([name, { kind }]) =>
          kind === 'policy' || name === 'replica-compactor' || name === 'greedy'
            ? [makeRun('savings', instance, budget, name, 1, 120, random)]
            : []
        )
      )
    ),
    ...sized.flatMap((instance) =>
      ['replica-compactor', 'HiGHS, aggregated, rows, start', 'cbc, exported'].map((name) =>
        makeRun('sizes', instance, null, name, 1, 300, random)
      )
    )
  ]
  return report.parse({
    schemaVersion: 1,
    date: '2026-11-30',
    commit: 'abc1234+',
    machine: { cpu: 'a <fast> processor', cores: 2, memoryGiB: 24 },
    versions: { node: '20.20.2', package: '0.1.0', highs: '1.15.3', [hostile]: '1' },
    suite: 'full',
    cores: 2,
    gap: 1e-4,
    instances: [...raced, ...clusters, ...sized],
    contestants,
    runs,
    absent: ['Gurobi: its licence does not allow to publish times', `${hostile}: not installed`],
    context: {
      allocations: ['Random', 'Dot product', 'GPU packing', 'GPU clustering', 'Best fit', 'FGD', hostile].map(
        (policy, index) => ({ policy, arrived: 1, allocated: 0.82 + 0.018 * index, runs: 10 })
      )
    }
  } satisfies BenchReport)
}

function makeInstance(
  name: string,
  group: string,
  nodes: number,
  price: number,
  gpuLoad: number | null
): BenchInstance {
  const costPerHour = Math.round(nodes * price * 100) / 100
  return {
    name,
    group,
    nodes,
    replicas: Math.round(nodes * 3.4),
    deployments: Math.max(2, Math.round(nodes / 3)),
    fingerprint: `sha256:${name}`,
    source: null,
    initial: { costPerHour, activeNodes: nodes },
    bestKnown: null,
    gpuLoad
  }
}

function makeRun(
  experiment: BenchRun['experiment'],
  instance: BenchInstance,
  budgetShare: number | null,
  contestant: string,
  seed: number,
  limitSeconds: number,
  random: () => number
): BenchRun {
  const talent = talents[contestant] as Talent
  const { initial, nodes } = instance
  const share =
    experiment === 'savings'
      ? 1 - (0.78 - 0.75 * (instance.gpuLoad ?? 0)) * (1 - Math.exp(-14 * (budgetShare ?? 1)))
      : 0.45
  const best = initial.costPerHour * share
  const growth = Math.max(0.2, nodes / 150) ** 1.3
  const ends = talent.pace * growth * (0.8 + 0.4 * random())
  const excess = talent.excess * (0.6 + 0.8 * random()) * Math.min(1.5, 0.4 + growth / 4)
  const steps = [0.15, 0.3, 0.5, 0.8, 1].filter((part) => part * ends < limitSeconds)
  const own = experiment === 'savings' ? (initial.costPerHour - best) / best : 4 * excess
  const incumbents = steps.map((part) => ({
    seconds: part * ends,
    cost: best * (1 + Math.min(own, excess) + (own - Math.min(own, excess)) * (1 - part))
  }))
  const { slack } = talent
  const bounds =
    slack === null
      ? []
      : steps.map((part) => ({ seconds: part * ends, bound: best * (1 - slack * growth ** 0.3 - 0.2 * (1 - part)) }))
  const cost = incumbents.at(-1)?.cost ?? null
  const run: BenchRun = {
    experiment,
    instance: instance.name,
    budgetShare,
    contestant,
    seed,
    limitSeconds,
    seconds: Math.min(limitSeconds, ends * 1.2),
    cpuSeconds: Math.min(limitSeconds, ends * 1.2) * 1.7,
    peakMegabytes: 80 + nodes * 0.6,
    cost,
    bound: bounds.at(-1)?.bound ?? null,
    migrations: cost === null ? null : Math.round(instance.replicas * (budgetShare ?? 0.7)),
    starts: talent.kind === 'policy' ? Math.round(instance.replicas * (budgetShare ?? 0.9)) : null,
    activeNodes: cost === null ? null : Math.round((initial.activeNodes * cost) / initial.costPerHour),
    termination: ends * 1.2 < limitSeconds ? 'gap' : 'time-limit',
    wrong: null,
    refused: null,
    incumbents,
    bounds,
    commit: 'abc1234',
    date: '2026-11-30'
  }
  if (talent.placesNothing) return { ...run, cost: null, migrations: null, activeNodes: null, incumbents: [] }
  const nothing = {
    cost: null,
    bound: null,
    migrations: null,
    starts: null,
    activeNodes: null,
    incumbents: [],
    bounds: []
  }
  if (nodes > (talent.mostNodes ?? Infinity)) {
    return { ...run, ...nothing, seconds: 0, cpuSeconds: null, refused: `more than ${talent.mostNodes} nodes` }
  }
  if (talent.wrongOn !== undefined && instance.name.endsWith(talent.wrongOn)) {
    return { ...run, wrong: 'node <b>n-7</b> holds 1.25 of 1 GPU' }
  }
  if (talent.lateOn !== undefined && instance.name.endsWith(talent.lateOn)) {
    return { ...run, seconds: 70, cost: best, incumbents: [{ seconds: 70, cost: best }], bound: null, bounds: [] }
  }
  return run
}

/** Numbers in [0, 1) that look random: Park and Miller's generator. */
function makeRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 48271) % 2147483647
    return state / 2147483647
  }
}
