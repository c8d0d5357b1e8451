/** What `npm run engine` measured, as Markdown. */
import { baseName, describeMachine, hundredths, percent, renderTable, tenths, whole } from '../markdown.mjs'

/** @import { Column } from '../markdown.mjs' */
/** @import { Surroundings } from '../surroundings.mjs' */
/** @import { EngineRecord } from './measure-target.mjs' */

/**
 * What stands in results/engine.json. The surroundings are those of the last run; a record says its own commit and day.
 *
 * @typedef {Surroundings & { schemaVersion: 1, seed: number, threads: number, records: EngineRecord[] }} EngineReport
 */

/** @type {Column<EngineRecord>[]} */
const columns = [
  ['instance', 'left', ({ key, folder }) => baseName(key) + (folder === 'fixtures' ? '' : ' *')],
  ['nodes', 'right', ({ nodes }) => whole(nodes)],
  ['replicas', 'right', ({ replicas }) => whole(replicas)],
  ['target gap', 'right', ({ targetGap }) => percent(targetGap)],
  ['target s', 'right', ({ targetSeconds }) => whole(targetSeconds)],
  ['cost an hour', 'right', ({ cost }) => hundredths(cost)],
  ['bound', 'right', ({ bound }) => hundredths(bound)],
  ['gap', 'right', ({ gap }) => percent(gap)],
  ['seconds', 'right', ({ seconds }) => tenths(seconds)],
  ['MB', 'right', ({ peakMegabytes }) => whole(peakMegabytes)],
  ['kept', 'left', ({ missed }) => (missed.length === 0 ? 'yes' : `**missed**: ${missed.join(', ')}`)]
]

/** @type {(report: EngineReport) => string} */
export function renderEngine(report) {
  const { records } = report
  const kept = records.filter(({ missed }) => missed.length === 0).length
  const others = [...new Set(records.map(({ commit }) => commit))].filter((commit) => commit !== report.commit)
  const parts = [
    describeMachine(report) +
      (others.length === 0 ? '' : ` Some rows are of other commits: ${others.map((one) => one ?? 'none').join(', ')}.`),
    renderTable(columns, records),
    `${kept} of ${records.length} targets kept.`
  ]
  if (records.some(({ folder }) => folder !== 'fixtures')) parts.push('\\* no fixture: shared data, or generated.')
  return `${parts.join('\n\n')}\n`
}
