/** What `npm run rivals` measured: medians over the seeds, as Markdown. */
import { gapOf } from '../engine/measure-target.mjs'
import { baseName, describeMachine, hundredths, percent, renderTable, tenths, thousandths } from '../markdown.mjs'
import { OURS } from './contestants.mjs'

/** @import { Column } from '../markdown.mjs' */
/** @import { Surroundings } from '../surroundings.mjs' */
/** @import { Trial } from './contestants.mjs' */

/** One run of one contestant. @typedef {Trial & { instance: string, contestant: string, seed: number }} RivalRun */

/**
 * What stands in results/rivals.json. absent: who did not run, and why.
 *
 * @typedef {Surroundings & {
 *   schemaVersion: 1, threads: number, limitSeconds: number, seeds: number[], absent: string[], runs: RivalRun[]
 * }} RivalReport
 */

/**
 * All runs of a contestant on an instance. Ratios are multiples of ours.
 *
 * @typedef {object} Standing
 * @property {string} instance
 * @property {string} contestant
 * @property {number | null} cost
 * @property {number | null} costRatio
 * @property {number | null} bound
 * @property {number | null} boundRatio
 * @property {number | null} gap
 * @property {number} seconds
 * @property {string} remark What was wrong, or in how many runs there was no answer.
 */

const TOLERANCE = 1e-6

/** The middle one, or the mean of the two in the middle; null of none. @type {(values: readonly number[]) => number | null} */
export function median(values) {
  if (values.length === 0) return null
  const sorted = [...values].sort((left, right) => left - right)
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]]
  return ((low ?? 0) + (high ?? 0)) / 2
}

/**
 * Bounds above a placement that holds, whoever found it, are wrong.
 *
 * @type {(runs: readonly RivalRun[]) => RivalRun[]}
 */
export function refuteBounds(runs) {
  return runs.map((run) => {
    const costs = runs.flatMap(({ instance, cost }) => (instance === run.instance && cost !== null ? [cost] : []))
    const best = Math.min(...costs)
    const isRefuted = run.bound !== null && run.bound > best + TOLERANCE * Math.max(1, Math.abs(best))
    return isRefuted ? { ...run, wrong: run.wrong ?? `proves ${run.bound}, yet ${best} is possible` } : run
  })
}

/** @type {(runs: readonly RivalRun[]) => Standing[]} */
export function rankStandings(runs) {
  const groups = new Map(
    runs.map(({ instance, contestant }) => [JSON.stringify([instance, contestant]), /** @type {RivalRun[]} */ ([])])
  )
  for (const run of runs) groups.get(JSON.stringify([run.instance, run.contestant]))?.push(run)
  const standings = [...groups.values()].map(summarise)
  return standings.map((standing) => {
    const ours = standings.find(({ instance, contestant }) => instance === standing.instance && contestant === OURS)
    return {
      ...standing,
      costRatio: ratio(standing.cost, ours?.cost ?? null),
      boundRatio: ratio(standing.bound, ours?.bound ?? null)
    }
  })
}

/** @type {(runs: readonly RivalRun[]) => Standing} */
function summarise(runs) {
  const right = runs.filter(({ wrong }) => wrong === null)
  const answered = right.filter(({ cost }) => cost !== null)
  const wrong = runs.filter((run) => run.wrong !== null)
  const silent = right.length - answered.length
  const remarks = [
    ...(wrong.length > 0 ? [`**wrong** in ${wrong.length} of ${runs.length}: ${wrong[0]?.wrong}`] : []),
    ...(silent > 0 ? [`no answer in ${silent} of ${runs.length}`] : [])
  ]
  /** @type {(take: (run: RivalRun) => number | null) => number | null} */
  const middle = (take) => median(right.flatMap((run) => take(run) ?? []))
  return {
    instance: runs[0]?.instance ?? '',
    contestant: runs[0]?.contestant ?? '',
    cost: middle(({ cost }) => cost),
    costRatio: null,
    bound: middle(({ bound }) => bound),
    boundRatio: null,
    gap: middle(({ cost, bound }) => (cost === null || bound === null ? null : gapOf(cost, bound))),
    seconds: median(runs.map(({ seconds }) => seconds)) ?? 0,
    remark: remarks.join('; ')
  }
}

/** @type {(value: number | null, ours: number | null) => number | null} */
const ratio = (value, ours) => (value === null || ours === null || ours === 0 ? null : value / ours)

/** @type {Column<Standing>[]} */
const columns = [
  ['instance', 'left', ({ instance }) => baseName(instance)],
  ['who', 'left', ({ contestant }) => contestant],
  ['cost an hour', 'right', ({ cost }) => hundredths(cost)],
  ['× ours', 'right', ({ costRatio }) => thousandths(costRatio)],
  ['bound', 'right', ({ bound }) => hundredths(bound)],
  ['× ours', 'right', ({ boundRatio }) => thousandths(boundRatio)],
  ['gap', 'right', ({ gap }) => percent(gap)],
  ['seconds', 'right', ({ seconds }) => tenths(seconds)],
  ['', 'left', ({ remark }) => remark]
]

/** @type {(report: RivalReport) => string} */
export function renderRivals(report) {
  const { limitSeconds, seeds, absent, runs } = report
  const parts = [
    describeMachine(report),
    `${limitSeconds} seconds each, seeds ${seeds.join(', ')}. ` +
      'Threads are given to replica-compactor and cbc; HiGHS, as WebAssembly, and GLPK use one.',
    renderTable(columns, rankStandings(runs)),
    ...absent.map((words) => `Not run: ${words}.`)
  ]
  return `${parts.join('\n\n')}\n`
}
