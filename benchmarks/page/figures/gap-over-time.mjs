/** How the gaps fall with time: to the best known cost, and to what is proven. */
import * as Plot from '@observablehq/plot'
import { standingOf } from '../../measures/cases.mjs'
import { isRival, OURS } from '../../measures/comparison.mjs'
import { meanGaps } from '../../measures/race.mjs'
import { tabulate } from '../data-table.mjs'
import { arrange, draw, WIDTH } from '../drawing.mjs'
import { heightForLabels, labelEnds, marginForLabels } from '../labels.mjs'
import { chooseNamed, unnamedWords } from '../named.mjs'
import { placingSentence } from '../placing-sentences.mjs'
import { lookOf } from '../series.mjs'
import { count, duration, listNames, share, shareAtMost } from '../words.mjs'
import { gapRulesAcross, gapScale, logarithmicMoments, timeTick, timeTicks } from './axes.mjs'

/** @import { Race, RaceSummary } from '../../measures/race.mjs' */
/** @import { Figure } from '../figure.mjs' */
/** @import { Scene } from '../scene.mjs' */

const MOMENTS = 161
/** No picture begins before: nobody answers sooner. */
const EARLIEST = 0.01

/** null where there was no race, or nobody placed anything. @type {(scene: Scene) => Figure | null} */
export function primalGapOverTime(scene) {
  const { race } = scene
  if (!race.complete.some(({ primalGap }) => primalGap < 1)) return null
  const found = race.complete.filter(({ primalGap }) => primalGap < 1)
  const without = race.complete.filter(({ primalGap }) => primalGap === 1)
  const late = race.complete.filter((summary) => isRival(summary) && summary.nearMedian === Infinity).length
  return {
    id: 'primal-gap',
    title: 'How soon good placements are found',
    axes: 'Lines of the mean gap to the best known cost, from 100 % down to 0, against seconds on a logarithmic axis.',
    finding: [
      `On ${count(race.cases.length, 'instance')}, by the median,`,
      placingSentence(
        race.complete.map(({ contestant, nearMedian }) => ({ contestant, value: nearMedian })),
        (seconds) =>
          seconds === Infinity
            ? 'does not get within 1 % of the best known cost'
            : `is within 1 % of the best known cost after ${duration(seconds)}`
      ),
      ...(late === 0
        ? []
        : [
            `${count(late, 'solver or policy', 'solvers and policies')} ${late === 1 ? 'does' : 'do'} not get there on more than half of them.`
          ]),
      ...(without.length === 0
        ? []
        : [
            `Not drawn, as they never have a placement: ${listNames(
              without.map(({ contestant }) => contestant.name),
              12
            )}.`
          ])
    ],
    ...drawGaps(scene, found, 'primalSteps', {
      caption: 'Mean gap to the best known cost',
      reading:
        'Lower is better, and further left is sooner. 100 %: no placement yet. The scale is stretched towards 0, so that small gaps are seen.'
    })
  }
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
        'No solver or policy proves less.'
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

/** @type {(scene: Scene, shown: readonly RaceSummary[], gap: 'primalSteps' | 'provenSteps', words: { caption: string, reading: string }) => Pick<Figure, 'reading' | 'picture' | 'table'>} */
function drawGaps({ race, looks }, summaries, gap, { caption, reading }) {
  const names = summaries.map(({ contestant }) => contestant.name)
  const end = gap === 'primalSteps' ? 'primalGap' : 'provenGap'
  const bestFirst = [...summaries].sort((left, right) => left[end] - right[end])
  const { named, others } = chooseNamed(bestFirst.map(({ contestant }) => contestant))
  const limit = Math.max(...race.cases.map(({ limitSeconds }) => limitSeconds), EARLIEST)
  const start = startOf(race, gap, limit)
  const moments = logarithmicMoments(start, limit, MOMENTS)
  /** @type {(names: readonly string[]) => { name: string, gaps: number[] }[]} */
  const linesOf = (names) => names.map((name) => ({ name, gaps: meanGaps(race, name, gap, moments) }))
  const lines = linesOf(named)
  const height = heightForLabels(named.length, 400)
  const marginRight = marginForLabels(named)
  const ordered = [...lines.filter(({ name }) => name !== OURS), ...lines.filter(({ name }) => name === OURS)]
  const chart = draw({
    height,
    marginTop: 18,
    marginRight,
    marginLeft: 58,
    marginBottom: 40,
    x: { type: 'log', domain: [start, limit] },
    y: gapScale,
    marks: [
      gapRulesAcross(),
      Plot.axisX(timeTicks(start, limit), { text: timeTick, label: null, tickSize: 4 }),
      ...linesOf(others).map(({ gaps }) =>
        Plot.line(corners(moments, gaps), { curve: 'step-after', stroke: 'var(--leader)', strokeWidth: 0.75 })
      ),
      ...ordered.map(({ name, gaps }) => {
        const { colour, dash, width } = lookOf(looks, name)
        return Plot.line(corners(moments, gaps), {
          curve: 'step-after',
          stroke: colour,
          strokeDasharray: dash,
          strokeWidth: width
        })
      }),
      (_, scales) =>
        /** @type {SVGElement} */ (
          labelEnds(
            lines.map(({ name, gaps }) => ({ name, y: scales.y?.(gaps.at(-1)) ?? 0 })),
            looks,
            { x: WIDTH - marginRight, top: 12, bottom: height - 40 }
          )
        )
    ]
  })
  const shown = timeTicks(start, limit)
  return {
    reading: `${reading}${unnamedWords(others)}`,
    picture: arrange([chart]),
    table: tabulate(
      `${caption}, by seconds`,
      [
        ['contestant', 'left', ({ name }) => name],
        ...shown.map(
          (seconds, index) =>
            /** @type {import('../../markdown.mjs').Column<{ name: string, gaps: number[] }>} */ ([
              timeTick(seconds),
              'right',
              ({ gaps }) => share(gaps[index] ?? 1)
            ])
        )
      ],
      names.map((name) => ({ name, gaps: meanGaps(race, name, gap, shown) }))
    )
  }
}

/** The power of ten before anybody knows anything. @type {(race: Race, gap: 'primalSteps' | 'provenSteps', limit: number) => number} */
function startOf({ cases, complete }, gap, limit) {
  const firsts = complete.flatMap((/** @type {RaceSummary} */ { contestant }) =>
    cases.flatMap((one) => (standingOf(one, contestant.name)?.[gap] ?? []).flatMap((steps) => steps[0]?.seconds ?? []))
  )
  const first = Math.max(EARLIEST, Math.min(limit, ...firsts))
  return Math.min(10 ** Math.floor(Math.log10(first) + 1e-9), limit / 10)
}

/** Points where something changes, and both ends. @type {(moments: readonly number[], gaps: readonly number[]) => [number, number][]} */
function corners(moments, gaps) {
  return moments.flatMap((seconds, index) => {
    const gap = gaps[index] ?? 1
    const isEnd = index === 0 || index === moments.length - 1
    return isEnd || gap !== gaps[index - 1] ? [/** @type {[number, number]} */ ([seconds, gap])] : []
  })
}
