/** Gaps that fall with time, a line for each contestant. */
import * as Plot from '@observablehq/plot'
import { standingOf } from '../../measures/cases.mjs'
import { meanGaps } from '../../measures/race.mjs'
import { OURS } from '../../ours.mjs'
import { tabulate } from '../data-table.mjs'
import { arrange, draw, WIDTH } from '../drawing.mjs'
import { heightForLabels, labelEnds, marginForLabels } from '../labels.mjs'
import { chooseNamed, unnamedWords } from '../named.mjs'
import { lookOf } from '../series.mjs'
import { share } from '../words.mjs'
import { gapRulesAcross, gapScale, logarithmicMoments, timeTick, timeTicks } from './axes.mjs'

/** @import { Race, RaceSummary } from '../../measures/race.mjs' */
/** @import { Figure } from '../figure.mjs' */
/** @import { Scene } from '../scene.mjs' */

const MOMENTS = 161
/** No picture begins before: nobody answers sooner. */
const EARLIEST = 0.01

/** The lines of these contestants, or grey ones where they are too many. @type {(scene: Scene, shown: readonly RaceSummary[], gap: 'primalSteps' | 'provenSteps', words: { caption: string, reading: string }) => Pick<Figure, 'reading' | 'picture' | 'table'>} */
export function drawGaps({ race, looks }, summaries, gap, { caption, reading }) {
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
