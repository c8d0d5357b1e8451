/** What is saved on a cluster by moving what runs there: by load of its GPUs, and by how much may move. */
import { OURS } from '../ours.mjs'
import { casesOf } from './cases.mjs'
import { provenGap } from './proven-gap.mjs'
import { widthOf } from './refute-bounds.mjs'

/** @import { BenchContestant, BenchInstance } from '../bench/record.mjs' */
/** @import { Case } from './cases.mjs' */
/** @import { Standing } from './standing.mjs' */

/**
 * What one contestant saves; null where it has no placement that holds in time.
 *
 * @typedef {object} Saving
 * @property {BenchContestant} contestant
 * @property {Standing} standing
 * @property {number | null} cost
 * @property {number | null} saved Of the cost per hour before.
 * @property {number | null} savedNodes Of the nodes that were active before.
 * @property {number | null} gap To the highest bound that anybody proved, (cost − bound) / cost: the share of its cost that might be saved
 *   yet.
 */

/**
 * One cluster with one load and one budget.
 *
 * @typedef {object} SavingsRow
 * @property {BenchInstance} instance
 * @property {number | null} load Demand for GPUs as a share of all there are.
 * @property {number | null} budgetShare
 * @property {number} before Cost per hour.
 * @property {number} nodesBefore
 * @property {number | null} bound
 * @property {Saving[]} savings In the order of the report's contestants.
 */

/**
 * By load, within it by name, within that from the narrowest budget to none.
 *
 * @type {(cases: readonly Case[], contestants: readonly BenchContestant[]) => SavingsRow[]}
 */
export function measureSavings(cases, contestants) {
  const rows = casesOf(cases, 'savings').map(({ instance, budgetShare, bound, standings }) => ({
    instance,
    load: instance.gpuLoad,
    budgetShare,
    before: instance.initial.costPerHour,
    nodesBefore: instance.initial.activeNodes,
    bound,
    savings: standings.flatMap((standing) => {
      const contestant = contestants.find(({ name }) => name === standing.contestant)
      // A bound alone saves nothing.
      return contestant === undefined || !contestant.places ? [] : [savingOf(contestant, standing, instance, bound)]
    })
  }))
  return rows.sort(
    (left, right) =>
      (left.load ?? 0) - (right.load ?? 0) ||
      Number(left.instance.name > right.instance.name) - Number(left.instance.name < right.instance.name) ||
      compareWidths(left.budgetShare, right.budgetShare)
  )
}

/** Narrower first. @type {(left: number | null, right: number | null) => number} */
function compareWidths(left, right) {
  return left === right ? 0 : widthOf(left) - widthOf(right)
}

/** @type {(contestant: BenchContestant, standing: Standing, instance: BenchInstance, bound: number | null) => Saving} */
function savingOf(contestant, standing, { initial }, bound) {
  const { cost, activeNodes } = standing
  return {
    contestant,
    standing,
    cost,
    saved: cost === null ? null : initial.costPerHour - cost,
    savedNodes: activeNodes === null ? null : initial.activeNodes - activeNodes,
    gap: cost === null || bound === null ? null : provenGap(cost, bound)
  }
}

/**
 * Those that save most among these, more than one where they tie; none where nobody saves anything that holds.
 *
 * @type {(savings: readonly Saving[]) => Saving[]}
 */
export function bestSavings(savings) {
  const most = Math.max(...savings.map(({ saved }) => saved ?? -Infinity))
  return savings.filter(({ saved }) => saved !== null && saved >= most - 1e-6 * Math.max(1, Math.abs(most)))
}

/** What this engine saves; undefined where it did not run. @type {(row: SavingsRow) => Saving | undefined} */
export const ownSaving = ({ savings }) => savings.find(({ contestant }) => contestant.name === OURS)

/** The policies that save most. @type {(row: SavingsRow) => Saving[]} */
export const bestPolicies = ({ savings }) =>
  bestSavings(savings.filter(({ contestant }) => contestant.kind === 'policy'))

/** Whoever else saves more than this engine, the most first. @type {(row: SavingsRow) => Saving[]} */
export function savesMore(row) {
  const own = ownSaving(row)?.saved ?? null
  if (own === null) return row.savings.filter(({ saved }) => saved !== null)
  return row.savings
    .filter(({ saved }) => saved !== null && saved > own + 1e-6 * Math.max(1, Math.abs(own)))
    .sort((left, right) => (right.saved ?? 0) - (left.saved ?? 0))
}

/** Of each instance the row with the widest budget. @type {(rows: readonly SavingsRow[]) => SavingsRow[]} */
export function widestRows(rows) {
  return [...new Set(rows.map(({ instance }) => instance.name))].flatMap(
    (name) => rows.filter(({ instance }) => instance.name === name).at(-1) ?? []
  )
}
