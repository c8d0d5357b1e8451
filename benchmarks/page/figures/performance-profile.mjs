/** Who is how often how much slower than the fastest. */
import * as Plot from '@observablehq/plot'
import { compareLowest } from '../../measures/comparison.mjs'
import { shareWithin } from '../../measures/performance-profile.mjs'
import { profileRace } from '../../measures/race.mjs'
import { OURS } from '../../ours.mjs'
import { tabulate } from '../data-table.mjs'
import { arrange } from '../drawing.mjs'
import { chooseNamed, unnamedWords } from '../named.mjs'
import { count, listNames, listParts, quoted, share } from '../words.mjs'
import { drawStepLines } from './step-lines.mjs'

/** @import { Figure } from '../figure.mjs' */
/** @import { Scene } from '../scene.mjs' */
/** @import { ProfileStep } from '../../measures/performance-profile.mjs' */
/** @import { StepLine } from './step-lines.mjs' */

/** @typedef {{ name: string, steps: ProfileStep[] }} Line */

/** null where there was no race, or nobody came near. @type {(scene: Scene) => Figure | null} */
export function performanceProfile(scene) {
  const { race, looks } = scene
  const all = [...profileRace(race)].map(([name, steps]) => ({ name, steps }))
  const lines = all.filter(({ steps }) => steps.length > 0)
  const worst = Math.max(0, ...lines.flatMap(({ steps }) => steps.at(-1)?.ratio ?? []))
  if (worst === 0) return null
  const most = Math.max(10, worst * 1.1)
  const bestFirst = [...lines].sort((left, right) => lastShare(right) - lastShare(left))
  const { named, others } = chooseNamed(
    bestFirst.flatMap((line) => race.complete.find(({ contestant }) => contestant.name === line.name)?.contestant ?? [])
  )
  const powers = [1, 10, 100, 1000, 10_000, 100_000].filter((power) => power <= most)
  const shares = [0, 0.25, 0.5, 0.75, 1]
  /** @type {(names: readonly string[]) => StepLine[]} */
  const linesOf = (names) =>
    lines.flatMap(({ name, steps }) => (names.includes(name) ? [{ name, points: corners(steps, most) }] : []))
  const chart = drawStepLines({ named: linesOf(named), others: linesOf(others) }, looks, {
    leastHeight: 360,
    x: { type: 'log', domain: [1, most] },
    y: { domain: [0, 1] },
    rules: [
      Plot.gridY(shares, { stroke: 'var(--rule)', strokeOpacity: 1 }),
      Plot.axisY(shares, { text: share, tickSize: 0, label: null }),
      Plot.axisX(powers, { text: factor, tickSize: 4, label: null })
    ]
  })
  return {
    id: 'performance-profile',
    title: 'How often each is the fastest, or close to it',
    axes:
      'Lines that rise: the share of instances brought within 1 % of the best known cost in at most so many times the time of the ' +
      'fastest contestant, against that factor on a logarithmic axis.',
    finding: sentencesOf(scene, all),
    reading: `Higher is better. At the left edge: on how many instances a contestant is the fastest; at the right edge: on how many it gets there in time.${unnamedWords(others)}`,
    picture: arrange([chart]),
    table: tabulate(
      'Share of instances within a factor of the fastest',
      [
        ['contestant', 'left', ({ name }) => name],
        ...[1, 2, 5, 10, 100].map(
          (ratio) =>
            /** @type {import('../../markdown.mjs').Column<Line>} */ ([
              factor(ratio),
              'right',
              ({ steps }) => share(shareWithin(steps, ratio))
            ])
        ),
        ['at all', 'right', ({ steps }) => share(steps.at(-1)?.share ?? 0)]
      ],
      all
    )
  }
}

/** @type {(scene: Scene, lines: readonly Line[]) => string[]} */
function sentencesOf({ race, report }, lines) {
  const all = race.cases.length
  /** @type {(share: number) => number} */
  const instances = (share) => Math.round(share * all)
  const ours = lines.find(({ name }) => name === OURS)
  /** @type {(take: (line: Line) => number) => ReturnType<typeof compareLowest>} */
  const compare = (take) =>
    compareLowest(
      lines.flatMap((line) => {
        const contestant = report.contestants.find(({ name }) => name === line.name)
        return contestant === undefined ? [] : [{ contestant, value: -take(line) }]
      })
    )
  const atOnce = compare(({ steps }) => shareWithin(steps, 1))
  const atAll = compare(({ steps }) => steps.at(-1)?.share ?? 0)
  /** @type {(ahead: typeof atOnce.ahead, what: string) => string[]} */
  const admit = (ahead, what) =>
    ahead.length === 0
      ? []
      : [
          `More often ${what}: ${listParts(ahead.map(({ contestant, value }) => `${quoted(contestant.name)} (${instances(-value)})`))}.`
        ]
  const next = atOnce.next
  const never = lines.flatMap(({ name, steps }) => (steps.length === 0 ? [name] : []))
  return [
    ours === undefined
      ? `${quoted(atOnce.first?.contestant.name ?? '')} is most often the fastest to within 1 % of the best known cost: on ${instances(-(atOnce.first?.value ?? 0))} of ${count(all, 'instance')}.`
      : `${OURS} is the fastest to within 1 % of the best known cost on ${instances(shareWithin(ours.steps, 1))} of ${count(all, 'instance')}, needs at most twice the time of the fastest on ${instances(shareWithin(ours.steps, 2))}, and gets there in time on ${instances(ours.steps.at(-1)?.share ?? 0)}.`,
    ...(ours !== undefined && next !== null && next.value < 0
      ? [`The next solver or policy, ${quoted(next.contestant.name)}, is the fastest on ${instances(-next.value)}.`]
      : []),
    ...admit(atOnce.ahead, 'the fastest'),
    ...admit(atAll.ahead, 'there in time'),
    ...(never.length === 0 ? [] : [`Not drawn, as they never get there: ${listNames(never, 12)}.`])
  ]
}

/** Of instances that it gets near the best on at all. @type {(line: Line) => number} */
const lastShare = ({ steps }) => steps.at(-1)?.share ?? 0

/** @type {(ratio: number) => string} */
const factor = (ratio) => (ratio === 1 ? 'fastest' : `${ratio.toLocaleString('en-US')} ×`)

/** From the left edge to the right one. @type {(steps: readonly ProfileStep[], most: number) => [number, number][]} */
function corners(steps, most) {
  const inner = steps.map(({ ratio, share }) => /** @type {[number, number]} */ ([ratio, share]))
  return [[1, shareWithin(steps, 1)], ...inner, [most, steps.at(-1)?.share ?? 0]]
}
