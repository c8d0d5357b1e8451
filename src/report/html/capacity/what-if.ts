import type { VariantAnswer, WhatIfAnswer } from '../../../capacity/what-if.js'
import { formatSignedCount, formatSignedMoney, VERDICTS } from '../../capacity/difference-words.js'
import { barChart } from '../../svg/bar-chart.js'
import { formatAmount, formatCount, formatDuration, formatMoney, formatPercent } from '../../text/numbers.js'
import type { Section } from '../section.js'
import type { Tile } from '../tiles.js'
import { type Facts, renderAnswerPage } from './answer-page.js'
import { numbers, words } from './columns.js'
import { gapCell } from './proof.js'

/** What changes would change, as a page: differences with the intervals in which they are proven to be, and the nodes they take. */
export function renderWhatIfPage(answer: WhatIfAnswer, madeFrom: Facts = []): string {
  const { seed, workLimit, timeLimitSeconds, relativeGap } = answer.options
  const limits = [
    ...(timeLimitSeconds === null ? [] : [formatDuration(timeLimitSeconds)]),
    ...(workLimit === null ? [] : [`${formatAmount(workLimit)} units of work`])
  ]
  const facts: Facts = [
    ['Seed', String(seed)],
    ['Limits, of each', limits.join(', ')],
    ['Near enough', formatPercent(relativeGap)]
  ]
  return renderAnswerPage(answer, facts, madeFrom, {
    subtitle: sentenceOf(answer),
    tiles: tilesOf(answer),
    sections: [differenceSection(answer), outcomeSection(answer), nodeSection(answer), ...reasonSections(answer)]
  })
}

function known(variants: readonly VariantAnswer[]) {
  return variants.flatMap(({ label, difference }) => (difference === null ? [] : [{ label, difference }]))
}

const VERDICT_ORDER = ['less', 'same', 'more', 'open'] as const

function sentenceOf({ baseline, variants }: WhatIfAnswer): string {
  if (baseline.objective === null)
    return `As it is the cluster has no placement: ${baseline.reason ?? baseline.termination}.`
  const counts = VERDICT_ORDER.flatMap((verdict) => {
    const count = known(variants).filter(({ difference }) => difference.verdict === verdict).length
    return count === 0 ? [] : [`${formatAmount(count)} ${VERDICTS[verdict]}`]
  })
  const impossible = variants.filter(({ outcome }) => outcome.objective === null).length
  if (impossible > 0) counts.push(`${formatAmount(impossible)} without a placement`)
  return `As it is the cluster can run for ${formatMoney(baseline.objective.costPerHour)} an hour; ${formatCount(variants.length, 'change')}: ${counts.join(', ')}.`
}

function tilesOf({ baseline, variants }: WhatIfAnswer): Tile[] {
  if (baseline.objective === null) return []
  const sorted = known(variants).sort((left, right) => left.difference.costPerHour - right.difference.costPerHour)
  const [cheapest, dearest] = [sorted[0], sorted.at(-1)]
  const tile = (label: string, variant: (typeof sorted)[number]): Tile => ({
    label,
    value: formatSignedMoney(variant.difference.costPerHour),
    detail: `${variant.label}: ${VERDICTS[variant.difference.verdict]}`
  })
  return [
    {
      label: 'Cost an hour as it is',
      value: formatMoney(baseline.objective.costPerHour),
      detail:
        baseline.gap === null
          ? ''
          : baseline.gap === 0
            ? 'the optimum'
            : `within ${formatPercent(baseline.gap)} of the optimum`
    },
    ...(cheapest === undefined ? [] : [tile('The cheapest change', cheapest)]),
    ...(dearest === undefined || dearest === cheapest ? [] : [tile('The dearest change', dearest)])
  ]
}

function differenceSection({ variants }: WhatIfAnswer): Section {
  return {
    heading: 'Differences',
    blocks: [
      {
        kind: 'figure',
        draw: (frame) =>
          barChart(
            {
              title: 'Difference to the cluster as it is',
              value: { label: 'difference', unit: 'an hour', format: formatSignedMoney },
              rows: variants.map(({ label, difference, outcome }) =>
                difference === null
                  ? { label, values: [null], written: outcome.termination }
                  : {
                      label,
                      values: [difference.total],
                      range: [difference.low, difference.high] as const,
                      note: VERDICTS[difference.verdict]
                    }
              )
            },
            frame
          ),
        caption:
          'Bars: what was found. Lines over them: where the difference of the optima is proven to be, from the bounds of both. Where the line lies on one side of 0 the change is proven to be dearer or cheaper.',
        table: {
          caption: 'Differences in numbers',
          columns: [
            ...words('Change'),
            ...numbers('Found', 'At least', 'At most', 'Migrations more', 'Seconds more'),
            ...words('')
          ],
          rows: known(variants).map(({ label, difference }) => [
            label,
            formatSignedMoney(difference.total),
            formatSignedMoney(difference.low),
            formatSignedMoney(difference.high),
            formatSignedCount(difference.migrations),
            formatSignedCount(difference.makespanSeconds),
            VERDICTS[difference.verdict]
          ])
        }
      }
    ]
  }
}

function outcomeSection({ baseline, variants }: WhatIfAnswer): Section {
  const isUnplaced = [baseline, ...variants.map(({ outcome }) => outcome)].some(({ unplaced }) => unplaced > 0)
  return {
    heading: 'Each of them',
    blocks: [
      {
        kind: 'table',
        caption: 'The cluster as it is, and with each change',
        columns: [
          ...words(''),
          ...numbers(
            'Cost an hour',
            'Proven',
            'Gap',
            'Nodes',
            'Migrations',
            'Takes',
            ...(isUnplaced ? ['Without a place'] : [])
          ),
          ...words('Ended by')
        ],
        rows: [{ label: 'as it is', outcome: baseline }, ...variants].map(({ label, outcome }) => [
          label,
          outcome.objective === null ? '–' : formatMoney(outcome.objective.costPerHour),
          outcome.bound === null ? '' : formatMoney(outcome.bound),
          gapCell(outcome.gap),
          outcome.objective === null ? '' : formatAmount(outcome.objective.activeNodes),
          outcome.objective === null ? '' : formatAmount(outcome.objective.migrations),
          outcome.makespanSeconds === null ? '' : formatDuration(outcome.makespanSeconds),
          ...(isUnplaced ? [formatAmount(outcome.unplaced)] : []),
          outcome.isWhole === false ? `${outcome.termination}, partial migration` : outcome.termination
        ])
      }
    ]
  }
}

/** Active nodes by type, for the cluster as it is and for each change. */
function nodeSection({ baseline, variants }: WhatIfAnswer): Section {
  const outcomes = [baseline, ...variants.map(({ outcome }) => outcome)]
  const types = [...new Set(outcomes.flatMap(({ nodes }) => nodes.map(({ type }) => type)))]
  return {
    heading: 'Nodes that it takes',
    blocks: [
      {
        kind: 'table',
        caption: 'Active nodes by type',
        columns: [...words('Type'), ...numbers('as it is', ...variants.map(({ label }) => label))],
        rows: types.map((type) => [
          type ?? 'without a type',
          ...outcomes.map(({ nodes, objective }) => {
            const found = nodes.find((row) => row.type === type)
            return objective === null ? '–' : formatAmount((found?.kept ?? 0) + (found?.bought ?? 0))
          })
        ])
      }
    ]
  }
}

function reasonSections({ variants }: WhatIfAnswer): Section[] {
  const rows = variants.flatMap(({ label, outcome }) => (outcome.reason === undefined ? [] : [[label, outcome.reason]]))
  if (rows.length === 0) return []
  return [
    {
      heading: 'What cannot be',
      blocks: [{ kind: 'table', caption: 'Changes without a placement', columns: words('Change', 'Why'), rows }]
    }
  ]
}
