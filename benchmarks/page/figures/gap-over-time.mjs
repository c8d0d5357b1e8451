/** How the gaps fall with time: to the best known cost, and to what is proven. */
import { compareLowest, isRival } from '../../measures/comparison.mjs'
import { OURS } from '../../ours.mjs'
import { placingSentence } from '../placing-sentences.mjs'
import { count, duration, listNames, listParts, quoted, share, shareAtMost } from '../words.mjs'
import { drawGaps } from './gap-lines.mjs'

/** @import { RaceSummary } from '../../measures/race.mjs' */
/** @import { Figure } from '../figure.mjs' */
/** @import { Scene } from '../scene.mjs' */

/** null where there was no race, or nobody placed anything. @type {(scene: Scene) => Figure | null} */
export function primalGapOverTime(scene) {
  const { race } = scene
  if (!race.complete.some(({ primalGap }) => primalGap < 1)) return null
  const found = race.complete.filter(({ primalGap }) => primalGap < 1)
  const without = race.complete.filter(({ primalGap }) => primalGap === 1)
  const rivals = race.complete.filter(isRival)
  const away = rivals.filter(({ nearMedian }) => nearMedian === Infinity).length
  // Who is not there is neither ahead nor level.
  const there = race.complete.filter(({ contestant, nearMedian }) => nearMedian < Infinity || contestant.name === OURS)
  return {
    id: 'primal-gap',
    title: 'How soon good placements are found',
    axes: 'Lines of the mean gap to the best known cost, from 100 % down to 0, against seconds on a logarithmic axis.',
    finding: [
      `On ${count(race.cases.length, 'instance')}, by the median,`,
      there.length === 0
        ? 'nobody is within 1 % of the best known cost in time.'
        : placingSentence(
            there.map(({ contestant, nearMedian }) => ({ contestant, value: nearMedian })),
            (seconds) =>
              seconds === Infinity
                ? 'is not within 1 % of the best known cost in time'
                : `is within 1 % of the best known cost after ${duration(seconds)}`
          ),
      ...closerWords(race.complete),
      ...(away === 0
        ? []
        : [
            `Of ${count(rivals.length, 'configuration of a solver, or policy,', 'configurations of solvers, and policies,')} ${away} ${away === 1 ? 'does' : 'do'} not get there on more than half of them.`
          ]),
      ...(without.length === 0
        ? []
        : [
            `Not drawn, as they never have a placement in time: ${listNames(
              without.map(({ contestant }) => contestant.name),
              12
            )}.`
          ])
    ],
    ...drawGaps(scene, found, 'primalSteps', {
      caption: 'Mean gap to the best known cost',
      reading:
        'Lower is better, and further left is sooner. The gap is a share of the own cost, (cost − best known) / cost; 100 %: no placement ' +
        'yet. The scale is stretched towards 0, so that small gaps are seen.'
    })
  }
}

/** Who is closer to the best known cost in the end. @type {(summaries: readonly RaceSummary[]) => string[]} */
function closerWords(summaries) {
  const { ours, ahead } = compareLowest(
    summaries.map(({ contestant, primalGap }) => ({ contestant, value: primalGap }))
  )
  if (ours === null || ahead.length === 0) return []
  const closer = ahead.map(({ contestant, value }) => `${quoted(contestant.name)} (${share(value)})`)
  return [`When the time is up, closer to it on average than ${OURS} (${share(ours)}): ${listParts(closer)}.`]
}

/** null where there was no race, or nobody proved anything. @type {(scene: Scene) => Figure | null} */
export function provenGapOverTime(scene) {
  const { race } = scene
  const provers = race.complete.filter(({ provenGap }) => provenGap < 1)
  if (provers.length === 0) return null
  const silent = race.complete.filter(({ provenGap }) => provenGap === 1).map(({ contestant }) => contestant.name)
  return {
    id: 'proven-gap',
    title: 'How soon it is proven that little is left to save',
    axes: 'Lines of the mean proven gap, from 100 % down to 0, against seconds on a logarithmic axis.',
    finding: [
      'What may be left to save when the time is up, as a share of the cost, mean over the instances:',
      placingSentence(
        provers.map(({ contestant, provenGap }) => ({ contestant, value: provenGap })),
        (gap) => `proves at most ${shareAtMost(gap)}`,
        'No solver or policy proves anything.'
      ),
      ...(silent.length === 0
        ? []
        : [`Not drawn, as they never have both a placement and a bound: ${listNames(silent, 12)}.`])
    ],
    ...drawGaps(scene, provers, 'provenSteps', {
      caption: 'Mean proven gap, (cost − bound) / cost',
      reading: 'Lower is better, and further left is sooner. Each is held to its own placement and its own bound.'
    })
  }
}
