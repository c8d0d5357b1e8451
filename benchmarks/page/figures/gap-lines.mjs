/** Gaps that fall with time, a line for each contestant. */
import * as Plot from '@observablehq/plot'
import { standingOf } from '../../measures/cases.mjs'
import { meanGaps } from '../../measures/race.mjs'
import { tabulate } from '../data-table.mjs'
import { arrange } from '../drawing.mjs'
import { chooseNamed, unnamedWords } from '../named.mjs'
import { share } from '../words.mjs'
import { gapRulesAcross, gapScale, logarithmicMoments, timeTick, timeTicks } from './axes.mjs'
import { drawStepLines } from './step-lines.mjs'

/** @import { Race, RaceSummary } from '../../measures/race.mjs' */
/** @import { Figure } from '../figure.mjs' */
/** @import { Scene } from '../scene.mjs' */
/** @import { StepLine } from './step-lines.mjs' */

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
  /** @type {(names: readonly string[]) => StepLine[]} */
  const linesOf = (names) =>
    names.map((name) => ({ name, points: corners(moments, meanGaps(race, name, gap, moments)) }))
  const shown = timeTicks(start, limit)
  const chart = drawStepLines({ named: linesOf(named), others: linesOf(others) }, looks, {
    leastHeight: 400,
    x: { type: 'log', domain: [start, limit] },
    y: gapScale,
    rules: [gapRulesAcross(), Plot.axisX(shown, { text: timeTick, label: null, tickSize: 4 })]
  })
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
