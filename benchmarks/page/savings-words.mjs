/** What is saved, in sentences. */
import { bestPolicies, ownSaving, savesMore } from '../measures/savings.mjs'
import { OURS } from '../ours.mjs'
import {
  amount,
  budgetWords,
  capitalise,
  count,
  dollars,
  listNames,
  quoted,
  range,
  share,
  shareAtMost
} from './words.mjs'

/** @import { Saving, SavingsRow } from '../measures/savings.mjs' */

/** `71 % of the GPUs asked for`; the instance's name where there are none. @type {(row: SavingsRow) => string} */
const loadWords = ({ load, instance }) =>
  load === null ? instance.name : `${Math.round(100 * load)} % of GPUs asked for`

/** The same, told apart from other instances with that load. @type {(row: SavingsRow, rows: readonly SavingsRow[]) => string} */
export function loadTitle(row, rows) {
  const isAmbiguous = rows.some(
    (other) => other.instance.name !== row.instance.name && loadWords(other) === loadWords(row)
  )
  return isAmbiguous && row.load !== null ? `${loadWords(row)}, ${row.instance.name}` : loadWords(row)
}

/** `71 % of GPUs asked for, 5 % may move`. @type {(row: SavingsRow, rows: readonly SavingsRow[]) => string} */
export const rowTitle = (row, rows) =>
  `${loadTitle(row, rows)}, ${row.budgetShare === null ? 'moving as allowed' : `${budgetWords(row.budgetShare)} may move`}`

/** `moving at most 5 % of the replicas`. @type {(budgetShare: number | null) => string} */
export function movingWords(budgetShare) {
  if (budgetShare === null) return 'moving as much as the Problem allows'
  return budgetShare === 1 ? 'moving as much as it takes' : `moving at most ${share(budgetShare)} of the replicas`
}

/** What all these rows say of somebody's savings; empty where there is nothing. @type {(savings: readonly (Saving | undefined)[], rows: readonly SavingsRow[]) => string} */
export function savedWords(savings, rows) {
  const found = savings.flatMap((saving, index) => {
    const before = rows[index]?.before ?? 0
    return saving === undefined || saving.saved === null
      ? []
      : [{ saved: saving.saved, part: before === 0 ? 0 : saving.saved / before, nodes: saving.savedNodes }]
  })
  if (found.length === 0) return ''
  const nodes = found.flatMap((one) => (one.nodes === null ? [] : [one.nodes]))
  const released =
    nodes.length === 0
      ? ''
      : ` and releases ${range(nodes, amount)} ${nodes.every((one) => one === 1) ? 'node' : 'nodes'}`
  const saved = found.map((one) => one.saved)
  const parts = found.map(({ part }) => part)
  return `saves ${range(saved, dollars)} an hour (${range(parts, share)} of the cost)${released}`
}

/** Us, the best policy, the bound, and where another saves more; of rows with one budget each. @type {(rows: readonly SavingsRow[]) => string[]} */
export function savingsSentences(rows) {
  const own = savedWords(rows.map(ownSaving), rows)
  const best = rows.map((row) => bestPolicies(row)[0])
  const policies = savedWords(best, rows)
  const names = [...new Set(rows.flatMap((row) => bestPolicies(row).map(({ contestant }) => contestant.name)))]
  const gaps = rows.flatMap((row) => ownSaving(row)?.gap ?? [])
  const behind = rows.filter((row) => ownSaving(row) !== undefined && savesMore(row).length > 0)
  const budgets = new Set(rows.map(({ budgetShare }) => budgetShare))
  const moving =
    budgets.size === 1 ? movingWords(rows[0]?.budgetShare ?? null) : 'moving as much as was allowed at each load'
  const [row] = rows
  const where =
    rows.length === 1 && row !== undefined
      ? `with ${loadTitle(row, rows)}`
      : `over ${count(rows.length, 'load')} of the cluster`
  return [
    own === ''
      ? `${OURS} did not run or has no placement that holds.`
      : `${capitalise(moving)}, ${OURS} ${own}, ${where}.`,
    ...(policies === ''
      ? []
      : [`The best policy${rows.length === 1 ? '' : ' at each load'} (${listNames(names)}) ${policies}.`]),
    ...(own === '' || policies === '' ? [] : [comparePolicies(rows)]),
    ...(gaps.length === 0
      ? []
      : [
          `At most ${shareAtMost(Math.max(...gaps))} of what ${OURS} leaves to pay could be saved yet: that is proven.`
        ]),
    ...(behind.length === 0
      ? []
      : [
          `It is not the best everywhere: ${behind
            .slice(0, 4)
            .map((row) => {
              const [best] = savesMore(row)
              return `with ${rowTitle(row, rows)}, ${quoted(best?.contestant.name ?? '')} saves ${dollars(best?.saved ?? null)}`
            })
            .join('; ')}${behind.length > 4 ? `; and ${behind.length - 4} more` : ''}.`
        ])
  ]
}

/** @type {(rows: readonly SavingsRow[]) => string} */
function comparePolicies(rows) {
  const extra = rows.flatMap((row) => {
    const [policy] = bestPolicies(row)
    const own = ownSaving(row)?.saved ?? null
    return policy === undefined || policy.saved === null || own === null ? [] : [own - policy.saved]
  })
  if (extra.length === 0) return ''
  return Math.min(...extra) >= 0
    ? `That is ${range(extra, dollars)} an hour more than the best policy.`
    : `Against the best policy that is between ${dollars(Math.min(...extra))} and ${dollars(Math.max(...extra))} an hour.`
}
