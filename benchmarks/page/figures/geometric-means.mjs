/** One time for all instances: shifted geometric means to a good placement, and to a proof. */
import * as Plot from '@observablehq/plot'
import { tabulate } from '../data-table.mjs'
import { arrange } from '../drawing.mjs'
import { reachSentence, timeCell } from '../reach-sentences.mjs'
import { lookOf } from '../series.mjs'
import { count, duration, listNames } from '../words.mjs'
import { drawRows } from './rows.mjs'

/** @import { RaceSummary } from '../../measures/race.mjs' */
/** @import { Figure } from '../figure.mjs' */
/** @import { Scene } from '../scene.mjs' */

/** null where there was no race. @type {(scene: Scene) => Figure | null} */
export function geometricMeans({ race, looks }) {
  const summaries = [...race.complete].sort((left, right) => left.nearMean - right.nearMean)
  const shown = summaries.filter(({ near, proven }) => near + proven > 0)
  if (shown.length === 0) return null
  const all = race.cases.length
  return {
    id: 'geometric-means',
    title: 'Seconds to a good placement, and to its proof',
    axes:
      'A row for each contestant with two dots: filled, the time to within 1 % of the best known cost; hollow, the time to a proven ' +
      'gap of 1 %. On the right, on how many instances each got to the one and to the other.',
    finding: sentencesOf(summaries, all),
    reading:
      'Filled: to within 1 % of the best known cost. Hollow: to a proven gap of 1 %. On the right, on how many instances the one and ' +
      'the other was reached. Shifted geometric means, shift 1 s; what is not reached counts as the limit, so that the true means are longer ' +
      'where the goal was not reached everywhere.',
    picture: arrange([drawMeans(shown, looks, Math.max(...race.cases.map(({ limitSeconds }) => limitSeconds)), all)]),
    table: tabulate(
      'Shifted geometric means, shift 1 s',
      [
        ['contestant', 'left', ({ contestant }) => contestant.name],
        ['to within 1 %', 'right', ({ nearMean, near }) => timeCell(nearMean, near, all)],
        ['on instances', 'right', ({ near }) => `${near} of ${all}`],
        ['to a proof of 1 %', 'right', ({ provenMean, proven }) => timeCell(provenMean, proven, all)],
        ['on instances', 'right', ({ proven }) => `${proven} of ${all}`]
      ],
      summaries
    )
  }
}

/** @type {(summaries: readonly RaceSummary[], looks: Scene['looks'], limit: number, all: number) => Element} */
function drawMeans(summaries, looks, limit, all) {
  const ticks = [0, 1, 3, 10, 30, 100, 300, 1000, 3000].filter((tick) => tick < limit / 1.3)
  const provers = summaries.filter(({ proven }) => proven > 0)
  const name = (/** @type {RaceSummary} */ { contestant }) => contestant.name
  const colour = (/** @type {RaceSummary} */ { contestant }) => lookOf(looks, contestant.name).colour
  return drawRows({
    rows: summaries.map(({ contestant, near, proven }) => ({ name: contestant.name, words: `${near} · ${proven}` })),
    wordsTitle: `reached, of ${all}`,
    looks,
    x: { type: 'symlog', constant: 1, domain: [0, limit] },
    head: 32,
    marks: [
      Plot.gridX([...ticks, limit], { stroke: 'var(--rule)', strokeOpacity: 1 }),
      Plot.axisX([...ticks, limit], { text: duration, tickSize: 0, label: null }),
      Plot.ruleY(
        provers.filter(({ near }) => near > 0),
        { y: name, x1: 'nearMean', x2: 'provenMean', stroke: colour, strokeWidth: 1.5 }
      ),
      Plot.dot(provers, { x: 'provenMean', y: name, r: 4.5, fill: 'var(--page)', stroke: colour, strokeWidth: 2 }),
      Plot.dot(
        summaries.filter(({ near }) => near > 0),
        { x: 'nearMean', y: name, r: 5.5, fill: colour }
      )
    ]
  })
}

/** @type {(summaries: readonly RaceSummary[], all: number) => string[]} */
function sentencesOf(summaries, all) {
  const neither = summaries.flatMap(({ contestant, near, proven }) => (near + proven === 0 ? [contestant.name] : []))
  return [
    `On ${count(all, 'instance')}, to within 1 % of the best known cost,`,
    reachSentence(
      summaries.map(({ contestant, nearMean, near }) => ({ contestant, seconds: nearMean, reached: near })),
      all
    ),
    'To a proven gap of 1 %,',
    reachSentence(
      summaries.map(({ contestant, provenMean, proven }) => ({ contestant, seconds: provenMean, reached: proven })),
      all,
      'No solver or policy proves as much on any of them.'
    ),
    ...(neither.length === 0 ? [] : [`Not drawn, as they get to neither: ${listNames(neither, 12)}.`])
  ]
}
