/** What has to be alike so that two records can be compared, and what to do where it is not. */

/** @import { MicroRecord } from './record.mjs' */

/** @typedef {Pick<MicroRecord, 'commit' | 'machine' | 'versions' | 'clock'>} Conditions */
/** @typedef {{ field: string, before: string, after: string }} Difference */

/** @type {readonly (readonly [field: string, tell: (conditions: Conditions) => string])[]} */
const FIELDS = [
  ['processor', ({ machine }) => machine.cpu],
  ['cores', ({ machine }) => `${machine.cores}`],
  ['memory', ({ machine }) => `${machine.memoryGiB} GiB`],
  ['architecture', ({ machine }) => machine.architecture],
  ['Node', ({ versions }) => versions.node.replace(/\..*$/, '')],
  ['clock', ({ clock }) => `${clock} time`]
]

/** @type {(before: Conditions, after: Conditions) => Difference[]} */
export function findDifferences(before, after) {
  return FIELDS.map(([field, tell]) => ({ field, before: tell(before), after: tell(after) })).filter(
    (one) => one.before !== one.after
  )
}

/** @type {(differences: readonly Difference[], former: Conditions) => string} */
export function describeDifferences(differences, { commit }) {
  const width = Math.max(...differences.map(({ field }) => field.length))
  const state = commit === null ? 'the former state' : commit.replace(/\+$/, '')
  return [
    'Cannot be compared: the former record was measured on another machine, or otherwise.',
    ...differences.map(({ field, before, after }) => `  ${field.padEnd(width)}  ${before} then, ${after} now`),
    '',
    'How to go on: measure both states of the code here, one after the other.',
    `  git worktree add ../former ${commit === null ? 'COMMIT' : state}`,
    '  (cd ../former && npm ci && npm run micro -- -o former.json)',
    '  npm run micro -- --compare ../former/former.json',
    ...(commit?.endsWith('+')
      ? [`The former record was measured on ${state} with changes, which Git does not know.`]
      : [])
  ].join('\n')
}
