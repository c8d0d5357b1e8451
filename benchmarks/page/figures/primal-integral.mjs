/** One number for how soon and how well: the primal integral of each contestant, by group of instances and over all. */
import * as Plot from '@observablehq/plot'
import { compareLowest } from '../../measures/comparison.mjs'
import { OURS } from '../../ours.mjs'
import { tabulate } from '../data-table.mjs'
import { arrange, draw, element } from '../drawing.mjs'
import { widthOfText } from '../labels.mjs'
import { AT_THE_END } from '../method.mjs'
import { placingSentence } from '../placing-sentences.mjs'
import { lookOf, SYMBOLS } from '../series.mjs'
import { listParts, quoted, share } from '../words.mjs'
import { gapRulesUpright, gapScale } from './axes.mjs'
import { drawRows } from './rows.mjs'

/** @import { RaceSummary } from '../../measures/race.mjs' */
/** @import { Figure } from '../figure.mjs' */
/** @import { Scene } from '../scene.mjs' */

/** null where there was no race. @type {(scene: Scene) => Figure | null} */
export function primalIntegrals({ race, looks }) {
  const summaries = [...race.complete].sort((left, right) => left.primalIntegral - right.primalIntegral)
  if (summaries.length === 0) return null
  const groups = [...new Set(race.cases.map(({ instance }) => instance.group))]
  const chart = drawRows({
    rows: summaries.map(({ contestant, primalIntegral }) => ({ name: contestant.name, words: share(primalIntegral) })),
    looks,
    x: gapScale,
    marks: [
      gapRulesUpright(),
      ...groups.map((group, index) =>
        Plot.dot(summaries, {
          x: ({ integralByGroup }) => integralByGroup.get(group) ?? 1,
          y: ({ contestant }) => contestant.name,
          symbol: symbolOf(index),
          r: 3.5,
          stroke: 'var(--muted)',
          strokeWidth: 1.2
        })
      ),
      Plot.dot(summaries, {
        x: ({ primalIntegral }) => primalIntegral,
        y: ({ contestant }) => contestant.name,
        r: 6,
        fill: ({ contestant }) => lookOf(looks, contestant.name).colour,
        stroke: 'var(--page)',
        strokeWidth: 1.5
      })
    ]
  })
  return {
    id: 'primal-integral',
    title: 'Soon and good, in one number',
    axes:
      'A row for each contestant: the mean gap to the best known cost over the whole time, small symbols for the groups of ' +
      'instances and a large dot for all.',
    finding: [
      'The mean distance from the best known cost over all the time that was given (the primal integral; less is better):',
      ...placingWords(summaries),
      ...groupSentence(summaries, groups)
    ],
    reading:
      'Further left is better. A large dot is the mean over all instances, and its number stands on the right; small symbols are the means of groups. A contestant that had the best placement from the start would be at 0, one that never has any at 100 %. ' +
      AT_THE_END,
    picture: arrange([legend(groups), chart]),
    table: tabulate(
      'Primal integral by group of instances, as a share of the whole time at a gap of 100 %',
      [
        ['contestant', 'left', ({ contestant }) => contestant.name],
        ['all', 'right', ({ primalIntegral }) => share(primalIntegral)],
        ...groups.map(
          (group) =>
            /** @type {import('../../markdown.mjs').Column<RaceSummary>} */ ([
              group,
              'right',
              ({ integralByGroup }) => share(integralByGroup.get(group) ?? null)
            ])
        )
      ],
      summaries
    )
  }
}

/** Of those that have a placement at all. @type {(summaries: readonly RaceSummary[]) => string[]} */
function placingWords(summaries) {
  const placed = summaries.filter(({ contestant, primalIntegral }) => primalIntegral < 1 || contestant.name === OURS)
  const entries = placed.map(({ contestant, primalIntegral }) => ({ contestant, value: primalIntegral }))
  return [
    entries.length === 0
      ? 'nobody has a placement in time.'
      : placingSentence(entries, (integral) => `is at ${share(integral)}`)
  ]
}

/** Where this engine is not the best, group by group. @type {(summaries: readonly RaceSummary[], groups: readonly string[]) => string[]} */
function groupSentence(summaries, groups) {
  if (groups.length < 2 || !summaries.some(({ contestant }) => contestant.name === OURS)) return []
  const behind = groups.flatMap((group) => {
    const { ahead } = compareLowest(
      summaries.map(({ contestant, integralByGroup }) => ({ contestant, value: integralByGroup.get(group) ?? 1 }))
    )
    const [best] = ahead
    return best === undefined ? [] : [`${group} (${quoted(best.contestant.name)}: ${share(best.value)})`]
  })
  return [
    behind.length === 0
      ? 'In no group of instances is another one better.'
      : `Another one is better on average in ${listParts(behind, 8)}.`
  ]
}

/** @type {(index: number) => import('../series.mjs').SymbolName} */
const symbolOf = (index) => SYMBOLS[index % SYMBOLS.length] ?? 'circle'

/** What the symbols stand for. @type {(groups: readonly string[]) => Element} */
function legend(groups) {
  const entries = [
    ...groups.map((group, index) => ({ words: group, symbol: symbolOf(index) })),
    { words: 'all instances', symbol: null }
  ]
  let left = 14
  const places = entries.map((entry) => {
    const x = left
    left += widthOfText(entry.words) + 38
    return { ...entry, x }
  })
  return draw({
    height: 30,
    margin: 0,
    x: { type: 'identity', axis: null },
    y: { type: 'identity', axis: null },
    marks: [
      ...places.map(({ x, symbol }) =>
        symbol === null
          ? Plot.dot([{ x, y: 14 }], { x: 'x', y: 'y', r: 6, fill: 'currentColor' })
          : Plot.dot([{ x, y: 14 }], { x: 'x', y: 'y', r: 3.5, symbol, stroke: 'var(--muted)', strokeWidth: 1.2 })
      ),
      () => {
        const group = element('g', { 'text-anchor': 'start' })
        for (const { x, words } of places) group.append(element('text', { x: x + 12, y: 14, dy: '0.32em' }, words))
        return /** @type {SVGElement} */ (group)
      }
    ]
  })
}
