/** The single runs of a suite, in the order in which they are made. */
import { OURS } from '../ours.mjs'

/** @import { Contestant } from '../contestants/attempt.mjs' */
/** @import { BenchRun } from './record.mjs' */
/** @import { Entry, Stage } from './suites.mjs' */

/**
 * @typedef {Pick<BenchRun, 'experiment' | 'budgetShare' | 'seed' | 'limitSeconds'> & {
 *   entry: Entry, contestant: Contestant, gap: number, cores: number, fingerprint: string
 * }} Cell
 */

/** Names a cell: two with the same key are the same run. @type {(cell: Cell) => string} */
export const keyOf = ({ experiment, entry, fingerprint, contestant, budgetShare, seed, limitSeconds, gap, cores }) =>
  JSON.stringify([
    experiment,
    entry.place.name,
    fingerprint,
    contestant.name,
    budgetShare,
    seed,
    limitSeconds,
    gap,
    cores
  ])

/** What all cells share; fingerprintOf: of the Problem of an entry. @typedef {{ gap: number, cores: number, fingerprintOf: (entry: Entry) => string }} About */

/**
 * Seeds one after the other, so that what is there after half of the time is of use; on each instance one contestant after the other, and
 * another one first for every seed and instance, so that a machine that grows slow is slow for all.
 *
 * @type {(stages: readonly Stage[], contestants: readonly Contestant[], about: About) => Cell[]}
 */
export function listCells(stages, contestants, about) {
  const rounds = Array.from({ length: Math.max(0, ...stages.map(({ seeds }) => seeds)) }, (_, index) => index + 1)
  return rounds.flatMap((seed) =>
    stages.filter(({ seeds }) => seed <= seeds).flatMap((stage) => cellsOf(stage, seed, contestants, about))
  )
}

/** @type {(stage: Stage, seed: number, contestants: readonly Contestant[], about: About) => Cell[]} */
function cellsOf(stage, seed, contestants, { gap, cores, fingerprintOf }) {
  const { experiment, instances, budgetShares, limitSeconds } = stage
  const invited = contestants.filter(({ name, kind }) => stage.invites(name, kind))
  return instances.flatMap((entry, place) =>
    budgetShares.flatMap((budgetShare) =>
      rotate(invited, seed + place)
        .filter(({ usesSeed }) => usesSeed || seed === 1)
        .map((contestant) => ({
          ...{ experiment, entry, contestant, budgetShare, seed, limitSeconds },
          ...{ gap: stage.gap ?? gap, cores, fingerprint: fingerprintOf(entry) }
        }))
    )
  )
}

/** @type {<Item>(items: readonly Item[], by: number) => Item[]} */
function rotate(items, by) {
  const first = by % Math.max(1, items.length)
  return [...items.slice(first), ...items.slice(0, first)]
}

/** This engine always competes: all else is held against it. @type {(contestants: readonly Contestant[], pattern: RegExp) => Contestant[]} */
export const invite = (contestants, pattern) => contestants.filter(({ name }) => name === OURS || pattern.test(name))
