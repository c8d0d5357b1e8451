/** What is run: who on what, for how long. */

/** @import { InstancePlace } from '../instances.mjs' */
/** @import { Experiment } from './record.mjs' */

/**
 * One table of an experiment: everybody on everything, under every budget.
 *
 * @typedef {object} Stage
 * @property {Experiment} experiment
 * @property {readonly Entry[]} instances
 * @property {(name: string, kind: string) => boolean} invites Who takes part.
 * @property {readonly (number | null)[]} budgetShares Of the replicas that run; null: the Problem's own.
 * @property {number} limitSeconds
 * @property {number} seeds So many, for those that use one.
 * @property {number} [gap] Where all may stop, instead of the suite's own.
 */

/** An instance and those that it is like. @typedef {{ group: string, place: InstancePlace | { folder: 'given', name: string, file: string } }} Entry */

/** @typedef {{ name: string, stages: readonly Stage[] }} Suite */

/** @typedef {Partial<Parameters<typeof import('../families/knobs.mjs').makeKnobs>[0]>} Knobs */

/** @type {(group: string, name: string, folder?: 'fixtures' | 'shared') => Entry} */
const entry = (group, name, folder = 'fixtures') => ({ group, place: { folder, name: `${group}/${name}` } })
/** @type {(...names: string[]) => Entry[]} */
const openb = (...names) => names.map((name) => entry('openb', `openb-${name}`))
/** @type {(...nodes: number[]) => Entry[]} */
const synthetic = (...nodes) => nodes.map((count) => entry('synthetic', `synthetic-${count}-1`))
/** @type {(...nodes: number[]) => Entry[]} */
const dense = (...nodes) => nodes.map((count) => entry('dense', `dense-${count}-1`))

/** Known optima: a machine assignment, a configuration of services, vectors, and, where the shared data are, bins of several sizes. */
const packing = [
  entry('packing', 'cloudbalance-4computers-12processes'),
  entry('packing', 'zephyrus-2016-14-10-8-3'),
  entry('packing', 'vbp-new-class2-20-3-8'),
  entry('packing', 'vsbpp-monaci-prob-25-1', 'shared')
]

/** @type {(name: string, knobs: Knobs) => Entry} */
const knobs = (name, given) => ({
  group: 'generated',
  place: {
    folder: 'generated',
    name: `generated/${name}`,
    generator: { family: 'knobs', nodes: 80, seed: 1, ...given }
  }
})

/** One knob turned at a time, from the middle. */
const generated = [
  knobs('fragmented', { fragmentation: 1 }),
  knobs('mixed-types', { heterogeneity: 12 }),
  knobs('budget', { budget: 0.1 })
]

/** @type {(gpuLoad: number, name?: string) => Entry} */
const load = (gpuLoad, name = 'openb-whole') => ({
  group: 'load',
  place: {
    folder: 'generated',
    name: `generated/${name}-load-${Math.round(gpuLoad * 100)}`,
    generator: { family: 'load', folder: 'fixtures', name: `openb/${name}`, gpuLoad, seed: 1 }
  }
})

/** @type {(nodes: number) => Entry} */
const largeDense = (nodes) => ({
  group: 'dense',
  place: {
    folder: 'generated',
    name: `generated/dense-${nodes}-1`,
    generator: { family: 'dense', nodes, seed: 1 }
  }
})
/** @type {(nodes: number) => Entry} */
const largeSynthetic = (nodes) => ({
  group: 'synthetic',
  place: {
    folder: 'generated',
    name: `generated/synthetic-${nodes}-1`,
    generator: { family: 'synthetic', nodes, seed: 1 }
  }
})

/** The gap whose proof is timed where sizes are compared. */
const PROVEN_GAP = 0.01

/** Who saves: everybody who decides by himself how to act on a running cluster. @type {Stage['invites']} */
const savers = (name, kind) => kind === 'policy' || name === 'replica-compactor' || name === 'greedy'
/** @type {(...names: string[]) => Stage['invites']} */
const only =
  (...names) =>
  (name) =>
    names.includes(name)

/** @type {Suite} */
export const full = {
  name: 'full',
  stages: [
    {
      experiment: 'race',
      instances: [
        ...packing,
        ...synthetic(50, 100, 400),
        ...dense(50, 100, 400),
        ...generated,
        ...openb('slice-30', 'slice-120', 'slice-400', 'whole')
      ],
      invites: () => true,
      budgetShares: [null],
      limitSeconds: 5,
      seeds: 3
    },
    {
      experiment: 'savings',
      instances: [0.2, 0.4, 0.6, 0.8].map((share) => load(share)),
      invites: savers,
      budgetShares: [0.01, 0.05, 0.2, 1],
      limitSeconds: 20,
      seeds: 1
    },
    {
      experiment: 'sizes',
      instances: [
        ...synthetic(25, 50, 100, 200, 400, 1000),
        ...[2000, 5000, 10_000].map(largeSynthetic),
        ...dense(25, 50, 100, 200, 400),
        ...[1000, 2000].map(largeDense)
      ],
      invites: only('replica-compactor', 'HiGHS, aggregated, rows, start', 'cbc, exported'),
      budgetShares: [null],
      limitSeconds: 60,
      seeds: 1,
      gap: PROVEN_GAP
    }
  ]
}

/** Within three minutes on two cores. @type {Suite} */
export const quick = {
  name: 'quick',
  stages: [
    {
      experiment: 'race',
      instances: [...packing.slice(2, 3), ...synthetic(50), ...openb('slice-30')],
      invites: (name, kind) =>
        kind === 'policy' ||
        kind === 'engine' ||
        ['greedy', 'column generation', 'cbc, exported', 'glpsol, exported'].includes(name) ||
        / aggregated, rows$/.test(name),
      budgetShares: [null],
      limitSeconds: 1,
      seeds: 1
    },
    {
      experiment: 'savings',
      instances: [load(0.2, 'openb-slice-120'), load(0.4, 'openb-slice-120')],
      invites: savers,
      budgetShares: [0.05, 1],
      limitSeconds: 3,
      seeds: 1
    },
    {
      experiment: 'sizes',
      instances: synthetic(25, 50, 100, 200),
      invites: only('replica-compactor'),
      budgetShares: [null],
      limitSeconds: 5,
      seeds: 1,
      gap: PROVEN_GAP
    }
  ]
}

/** A user's own Problems, raced like the rest. @type {(stages: Suite['stages'], entries: readonly Entry[]) => Stage[]} */
export const withGiven = (stages, entries) =>
  stages.map((stage) =>
    stage.experiment === 'race' ? { ...stage, instances: [...stage.instances, ...entries] } : stage
  )
