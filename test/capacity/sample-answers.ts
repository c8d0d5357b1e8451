import { parseProblem } from '../../models/contract/parse.js'
import type { Problem } from '../../models/contract/problem.js'
import type { Result } from '../../models/contract/result.js'
import type { CompactionAnswer } from '../../src/capacity/compaction/compaction.js'
import type { CurveAnswer } from '../../src/capacity/curve/curve.js'
import { differenceBetween } from '../../src/capacity/difference.js'
import type { Growth } from '../../src/capacity/growth/growth.js'
import type { HolesAnswer } from '../../src/capacity/holes/holes.js'
import type { HorizonAnswer } from '../../src/capacity/horizon/horizon-answer.js'
import type { MixAnswer } from '../../src/capacity/mix/mix-answer.js'
import type { Outcome } from '../../src/capacity/outcome.js'
import type { ReachAnswer } from '../../src/capacity/reach/reach.js'
import type { SurviveAnswer } from '../../src/capacity/survive/survive.js'
import type { SweepAnswer } from '../../src/capacity/sweep/sweep-answer.js'
import type { WhatIfAnswer } from '../../src/capacity/what-if.js'
import { smallCluster } from './small-cluster.js'

/** An answer to each question, made up; `nameOf` makes a user's name of a plain one. */
export function sampleAnswers(nameOf: (plain: string) => string = (plain) => plain) {
  const head = <Kind extends string>(kind: Kind) => ({
    schemaVersion: 1 as const,
    kind,
    study: { name: nameOf('prod\u001b[31m'), fingerprint: 'sha256:0' },
    seed: 1,
    limits: { seconds: 30, work: null },
    seconds: 2.5
  })

  const growth = (replicas: number, added: number, limit: number | null): Growth => ({
    replicas,
    fits: { added, factor: (replicas + added) / replicas, by: 'greedy' },
    provenLimit:
      limit === null
        ? null
        : {
            added: limit,
            factor: (replicas + limit) / replicas,
            above: (replicas + limit - 1) / replicas,
            by: 'engine',
            why: nameOf('no room')
          },
    gap: limit === null ? null : (limit - 1 - added) / (replicas + limit - 1)
  })

  const notes = [
    'what is to be known of it, in so many words that they take more than one line of a report that is a hundred wide'
  ]

  const reachAnswer: ReachAnswer = {
    ...head('reach'),
    scenarios: [
      {
        nodes: 'listed',
        moves: 'repack',
        nodeCount: 12,
        all: growth(10, 5, 8),
        deployments: Array.from({ length: 23 }, (_, index) => ({
          deployment: nameOf(`d${index}`),
          ...growth(1, 30 - index, index === 0 ? null : 31 - index)
        }))
      },
      {
        nodes: 'plan',
        moves: 'none',
        nodeCount: 1,
        all: { ...growth(10, 0, 1), fits: null, gap: null },
        deployments: []
      }
    ],
    notes
  }

  const one = {
    activeNodes: 12,
    costPerHour: 34.5,
    all: growth(10, 5, 6),
    deployments: [{ deployment: nameOf('chat'), ...growth(3, 7, 8) }]
  }

  const holesAnswer: HolesAnswer = {
    ...head('holes'),
    now: { ...one, fragmentation: [{ resource: nameOf('gpu'), free: 20, expected: 5 }] },
    after: {
      ...one,
      activeNodes: 1,
      deployments: [{ deployment: nameOf('chat'), ...growth(3, 2, null) }],
      fragmentation: [{ resource: nameOf('gpu'), free: 0, expected: 0 }]
    },
    notes: []
  }

  const loss = {
    alike: ['n1', 'n2'].map(nameOf),
    nodes: ['n1'],
    replicas: 4,
    costPerHour: 3,
    withoutMoves: {
      verdict: 'fails' as const,
      unplaced: { byPriority: [{ priority: 2, replicas: 3 }], replicas: 3, isProven: true }
    },
    withMoves: { verdict: 'survives' as const, unplaced: null }
  }

  const surviveAnswer: SurviveAnswer = {
    ...head('survive'),
    cases: [
      {
        basis: 'plan',
        topologyKey: 'node',
        losses: 5,
        counts: { none: { survives: 3, fails: 2, undecided: 0 }, repack: { survives: 5, fails: 0, undecided: 0 } },
        groups: [loss],
        worst: 0
      }
    ],
    price: {
      recovery: 'none',
      planCostPerHour: 10,
      spare: [{ id: nameOf('spare-1'), type: nameOf('big'), isNew: true, costPerHour: 3 }],
      extraCostPerHour: 3,
      costPerHour: 13,
      bound: 12,
      gap: 1 / 13,
      notCovered: []
    },
    notes
  }

  const compactionAnswer: CompactionAnswer = {
    ...head('compaction'),
    nodes: 20,
    costPerHour: 40,
    trials: [
      {
        trial: 1,
        seed: 10_007,
        nodesLeft: 12,
        costLeftPerHour: 25,
        by: 'engine',
        nodesNeeded: 11,
        isExact: false,
        decidedByGreedy: 5,
        askedEngine: 2
      }
    ],
    percentile: { share: 0.9, definition: 'nearest-rank' },
    nodesLeft: 12,
    costLeftPerHour: 25,
    nodeShare: 0.6,
    costShare: 0.625,
    plan: { costPerHour: 21, bound: 20, excess: 0.25 },
    notes
  }

  const point = {
    moveCost: 0,
    migrationPrice: 0,
    paybackHours: null,
    makespanSeconds: 90,
    isReused: false,
    savingPerMigration: null,
    gap: 0
  }

  const curveAnswer: CurveAnswer = {
    ...head('curve'),
    initialCostPerHour: 40,
    points: [
      { ...point, maxMigrations: 0, migrations: 0, costPerHour: 40, bound: 40, saving: 0 },
      {
        ...point,
        maxMigrations: 2,
        migrations: 2,
        costPerHour: 30,
        bound: 29,
        gap: 1 / 30,
        saving: 10,
        savingPerMigration: 5,
        paybackHours: 0.1
      },
      {
        ...point,
        maxMigrations: null,
        migrations: 9,
        costPerHour: 28,
        bound: 28,
        saving: 12,
        savingPerMigration: 2 / 7,
        paybackHours: 0.375
      }
    ],
    knee: 1,
    price: { from: 'option', amount: 0.5 },
    notes: []
  }

  const plain = parseProblem(smallCluster)
  const cluster: Problem = {
    ...plain,
    nodes: plain.nodes.map((node) => ({ ...node, type: nameOf(node.type ?? 'none') })),
    nodeTypes: plain.nodeTypes.map((offer) => ({ ...offer, type: nameOf(offer.type) })),
    deployments: plain.deployments.map((deployment) => ({ ...deployment, id: nameOf(deployment.id) })),
    replicas: plain.replicas.map((replica) => ({ ...replica, deployment: nameOf(replica.deployment) }))
  }
  const mixAnswer: MixAnswer = {
    ...head('mix'),
    status: 'feasible',
    replicas: { [nameOf('chat')]: 14, [nameOf('embed')]: 17 },
    costPerHour: 15,
    boundPerHour: 14.8,
    gap: 0.2 / 15,
    todayPerHour: 22,
    nodes: [
      { type: nameOf('l4x4'), market: 'on-demand', costPerHour: 3.9, kept: 0, bought: 2, released: 0 },
      { type: nameOf('l4x1'), market: 'spot', costPerHour: 0.4, kept: 0, bought: 10, released: 0 },
      { type: nameOf('l4x4'), market: 'reserved', costPerHour: 2.2, kept: 1, bought: 0, released: 0 },
      { type: nameOf('old'), market: 'on-demand', costPerHour: 5, kept: 0, bought: 0, released: 3 }
    ],
    gettingThere: {
      migrations: 4,
      moveCost: 9,
      makespanSeconds: 420,
      provisionCost: 0.64,
      migrationCost: 0.2,
      cost: 0.84,
      paybackHours: 0.12
    },
    problem: cluster,
    result: {
      releasedNodes: [],
      newNodes: [{ id: 'new-1', type: nameOf('small') }],
      placement: cluster.replicas.map(({ id, node }) => ({ replica: id, node: node ?? 'new-1' }))
    } as unknown as Result,
    notes
  }

  const hours = 48
  const spotNodes = (period: number) => Math.round(4 + 4 * Math.sin(period / 4))
  const horizonAnswer: HorizonAnswer = {
    ...head('horizon'),
    status: 'feasible',
    periodSeconds: 3600,
    hours,
    startsAt: '2026-11-02T00:00:00.000Z',
    cost: { base: 96, onDemand: 12, spot: 40, orders: 0.5, moves: 0.1, total: 148.6 },
    costPerHour: 148.6 / hours,
    bound: 147,
    boundPerHour: 147 / hours,
    gap: 1.6 / 148.6,
    worstPeriodGap: 0.02,
    withoutCommitment: { bound: 180, boundPerHour: 180 / hours },
    base: [
      { type: nameOf('l4x4'), market: 'on-demand', isCommitment: true, nodes: 2, costPerHour: 0.9, usedShare: 0.98 },
      { type: nameOf('l4x4'), market: 'reserved', isCommitment: false, nodes: 1, costPerHour: 0.2, usedShare: 0.5 }
    ],
    hourly: [
      { type: nameOf('l4x1'), market: 'on-demand', nodeHours: 12, mostNodes: 1, orders: 3, cost: 12 },
      { type: nameOf('l4x1:spot'), market: 'spot', nodeHours: 100, mostNodes: 8, orders: 30, cost: 40 }
    ],
    orders: 33,
    moves: 20,
    contents: [
      { type: nameOf('l4x4'), market: 'on-demand', ofBase: true, replicas: { [nameOf('chat')]: 4 } },
      { type: nameOf('l4x1:spot'), market: 'spot', ofBase: false, replicas: { [nameOf('chat')]: 1 } },
      { type: nameOf('l4x1'), market: 'on-demand', ofBase: false, replicas: { [nameOf('embed')]: 2 } }
    ],
    periods: Array.from({ length: hours }, (_, period) => ({
      startSeconds: 3600 * period,
      costPerHour: 2 + 0.4 * spotNodes(period),
      boundPerHour: 1.9 + 0.4 * spotNodes(period),
      gap: 0.02,
      nodes: [[0, 2], [1, spotNodes(period)], ...(period % 4 === 0 ? [[2, 1] as const] : [])] as const,
      orders: period % 3,
      releases: period % 2,
      moves: period % 5
    })),
    notes
  }

  const outcome = (costPerHour: number, bound: number): Outcome => ({
    termination: 'work-limit',
    solver: 'highs',
    objective: { costPerHour, moveCost: 3, migrations: 3, activeNodes: 4, total: costPerHour },
    bound,
    gap: (costPerHour - bound) / costPerHour,
    initial: { costPerHour: 30, activeNodes: 9, listedCostPerHour: 33 },
    nodes: [
      { type: nameOf('l4x4'), kept: Math.round(costPerHour / 5), bought: 1 },
      { type: null, kept: 1, bought: 0 }
    ],
    unplaced: 0,
    violations: 0,
    makespanSeconds: 300,
    isWhole: true
  })
  const impossible: Outcome = {
    ...outcome(1, 1),
    ...{ termination: 'infeasible', objective: null, bound: null, gap: null, nodes: [], makespanSeconds: null },
    isWhole: null,
    reason: nameOf('deployments[0].replicas: 90 wanted')
  }
  const baseline = outcome(20, 19.5)
  const variant = (label: string, changed: Outcome) => ({
    label: nameOf(label),
    changes: [],
    outcome: changed,
    difference: differenceBetween(baseline, changed)
  })
  const whatIfAnswer: WhatIfAnswer = {
    schemaVersion: 1,
    kind: 'what-if',
    study: head('what-if').study,
    options: { seed: 1, workLimit: 10_000, timeLimitSeconds: null, relativeGap: 1e-4 },
    baseline,
    variants: [
      variant('growth:1.5', outcome(31, 30)),
      variant('price:0.5', outcome(12, 11)),
      variant('none', outcome(20, 19)),
      variant('growth:9', impossible)
    ],
    notes
  }

  const growths = ['none', 'growth:1.2', 'growth:1.5', 'growth:9'].map(nameOf)
  const prices = ['none', 'price:0.5', 'price:2'].map(nameOf)
  const scenarios = growths.flatMap((growth, row) =>
    prices.flatMap((price, column) =>
      [1, 2].map((seed) => ({
        id: `${row}${column}${seed}`,
        labels: [growth, price],
        seed,
        ...(row === 3 ? impossible : outcome(10 + 4 * row + 7 * column + seed / 10, 10 + 4 * row + 7 * column)),
        seconds: 1.5
      }))
    )
  )
  const sweepAnswer: SweepAnswer = {
    schemaVersion: 1,
    kind: 'sweep',
    study: head('sweep').study,
    sweep: 'f56009518ab4',
    version: '0.1.0',
    options: { workLimit: 2000, timeLimitSeconds: null, relativeGap: 1e-4, solver: 'auto' },
    axes: [
      { name: nameOf('growth'), labels: growths },
      { name: nameOf('prices'), labels: prices }
    ],
    seeds: [1, 2],
    scenarios,
    missing: [{ id: 'x', labels: [nameOf('growth:1.2')], seed: 3 }],
    failed: 0,
    infeasible: 6,
    notes: []
  }

  return {
    ...{ mixAnswer, horizonAnswer, reachAnswer, surviveAnswer, compactionAnswer, curveAnswer, holesAnswer },
    ...{ whatIfAnswer, sweepAnswer }
  }
}
