import type { Survival } from '../../../capacity/survive/survival-verdict.js'
import type { LossGroup, SurviveAnswer, SurviveCase, SurvivePrice } from '../../../capacity/survive/survive.js'
import { isClosed } from '../../capacity/gap-words.js'
import { lossName, worstFirst } from '../../capacity/losses.js'
import { SURVIVE_BASES } from '../../capacity/survive-words.js'
import { barChart } from '../../svg/bar-chart.js'
import { formatAmount, formatCount, formatMoney, formatPercent } from '../../text/numbers.js'
import type { Block, Section } from '../section.js'
import type { Tile } from '../tiles.js'
import { type Facts, factsOf, renderAnswerPage } from './answer-page.js'
import { numbers, prose, words } from './columns.js'

/** What survives which loss, as a page: how many losses, what finds no place after which, and what surviving all of them costs. */
export function renderSurvivePage(answer: SurviveAnswer, madeFrom: Facts = []): string {
  const { cases, price } = answer
  return renderAnswerPage(answer, factsOf(answer), madeFrom, {
    subtitle: sentenceOf(answer),
    tiles: [...cases.map(caseTile), ...(price === null ? [] : priceTiles(price))],
    sections: [
      ...(cases.length === 0 ? [] : [casesSection(cases)]),
      ...cases.map(lossSection),
      ...(price === null ? [] : [priceSection(price)])
    ]
  })
}

function sentenceOf({ cases, price }: SurviveAnswer): string {
  const said = cases.map(
    ({ basis, topologyKey, losses, counts }) =>
      `${SURVIVE_BASES[basis]} ${counts.none.survives === losses ? 'all' : formatAmount(counts.none.survives)} of ${formatCount(losses, 'loss', 'losses')} of a ${topologyKey}`
  )
  const survived = said.length === 0 ? 'Nothing was asked.' : `Survived with nothing else moving: ${said.join('; ')}.`
  if (price === null || price.spare.length === 0) return survived
  const which = price.notCovered.length > 0 ? 'those that can be survived' : 'them all'
  return `${survived} To survive ${which} takes ${formatMoney(price.extraCostPerHour)} an hour more.`
}

function caseTile({ basis, topologyKey, losses, counts }: SurviveCase): Tile {
  const { none, repack } = counts
  return {
    label: `Any ${topologyKey} lost, ${SURVIVE_BASES[basis]}`,
    value: `${formatAmount(none.survives)} of ${formatAmount(losses)}`,
    detail: `survived with nothing else moving; ${repack.survives === losses ? 'all' : formatAmount(repack.survives)} if all may move`
  }
}

function priceTiles({ costPerHour, extraCostPerHour, planCostPerHour, gap, bound, notCovered }: SurvivePrice): Tile[] {
  return [
    {
      label: notCovered.length > 0 ? 'Surviving the others' : 'Surviving them all',
      value: extraCostPerHour === 0 ? 'as planned' : `+${formatMoney(extraCostPerHour)}`,
      detail: `${formatMoney(costPerHour)} an hour; the plan alone ${formatMoney(planCostPerHour)}`
    },
    notCovered.length > 0
      ? { label: 'Not to be survived', value: formatAmount(notCovered.length), detail: 'whatever is kept or bought' }
      : {
          label: 'Gap of that',
          value: isClosed(gap) ? 'none' : formatPercent(gap),
          detail: `proven: not below ${formatMoney(bound)}`
        }
  ]
}

function casesSection(cases: readonly SurviveCase[]): Section {
  const rows = cases.flatMap(({ basis, topologyKey, losses, counts }) =>
    (['none', 'repack'] as const).map((recovery) => ({
      name: `${topologyKey}, ${SURVIVE_BASES[basis]}`,
      when: recovery === 'none' ? 'nothing else moves' : 'all may move',
      losses,
      ...counts[recovery]
    }))
  )
  return {
    heading: 'Which losses are survived',
    blocks: [
      {
        kind: 'figure',
        draw: (frame) =>
          barChart(
            {
              title: 'Losses, by what becomes of all replicas',
              value: { label: 'losses', kind: 'whole', format: formatAmount },
              parts: ['survived', 'not survived', 'not decided'],
              rows: rows.map(({ name, when, losses, survives, fails, undecided }) => ({
                label: name,
                note: when,
                values: [survives, fails, undecided],
                written: `${formatAmount(survives)} of ${formatAmount(losses)}`
              }))
            },
            frame
          ),
        caption:
          'Survived: every replica of what is lost was found another place. Not survived: it is proven that some find none.',
        table: {
          caption: 'All of that in numbers',
          columns: [...words('Loss', 'When'), ...numbers('Losses', 'Survived', 'Not survived', 'Not decided')],
          rows: rows.map(({ name, when, losses, survives, fails, undecided }) => [
            name,
            when,
            ...[losses, survives, fails, undecided].map(formatAmount)
          ])
        }
      }
    ]
  }
}

function lossSection({ basis, topologyKey, groups }: SurviveCase): Section {
  const table = lossTable(
    `Every kind of loss of a ${topologyKey} that takes something with it, ${SURVIVE_BASES[basis]}`,
    groups
  )
  const heading = `What finds no place when a ${topologyKey} is lost, ${SURVIVE_BASES[basis]}`
  const lost = worstFirst(groups)
  if (lost.length === 0)
    return {
      heading,
      blocks: [{ kind: 'paragraph', text: 'Nothing: every such loss is survived.' }, table]
    }
  return {
    heading,
    blocks: [
      {
        kind: 'figure',
        draw: (frame) =>
          barChart(
            {
              title: 'Replicas without a place',
              value: { label: 'replicas', kind: 'whole', format: formatAmount },
              parts: ['even if all may move', 'when nothing else moves'],
              rows: lost.map(({ alike, replicas, still, moved }) => {
                return {
                  label: lossName(alike),
                  values:
                    still === null ? [null] : [Math.min(still, moved ?? still), Math.max(0, still - (moved ?? still))],
                  note: `of ${formatCount(replicas, 'replica')} there`
                }
              })
            },
            frame
          ),
        caption: 'The worst losses first; losses that are alike are drawn once.'
      },
      table
    ]
  }
}

function lossTable(caption: string, groups: readonly LossGroup[]): Block {
  return {
    kind: 'table',
    caption,
    columns: [
      ...words('Lost'),
      ...numbers('Alike', 'Replicas there', 'Cost an hour'),
      ...prose('When nothing else moves', 'If all may move')
    ],
    rows: groups.map(({ alike, replicas, costPerHour, withoutMoves, withMoves }) => [
      alike[0] ?? '',
      formatAmount(alike.length),
      formatAmount(replicas),
      formatMoney(costPerHour),
      describeSurvival(withoutMoves),
      describeSurvival(withMoves)
    ])
  }
}

function describeSurvival({ verdict, unplaced }: Survival): string {
  if (verdict === 'survives') return 'survived'
  if (unplaced === null) return verdict === 'fails' ? 'not survived' : 'not decided'
  const counted = unplaced.byPriority.map(
    ({ priority, replicas }) => `${formatAmount(replicas)} of priority ${formatAmount(priority)}`
  )
  const proof = unplaced.isProven ? '' : verdict === 'fails' ? ', perhaps fewer' : ', perhaps none'
  return `without a place: ${counted.join(', ')}${proof}`
}

function priceSection({ recovery, planCostPerHour, costPerHour, bound, spare, notCovered }: SurvivePrice): Section {
  const how = recovery === 'none' ? 'nothing else has to move then' : 'everything may move then'
  return {
    heading: 'What it costs to survive all of them',
    blocks: [
      {
        kind: 'figure',
        draw: (frame) =>
          barChart(
            {
              title: 'Cost an hour',
              value: { label: 'cost', unit: 'an hour', format: formatMoney },
              rows: [
                { label: 'the plan', values: [planCostPerHour] },
                ...(notCovered.length > 0 ? [] : [{ label: 'proven least to survive', values: [bound] }]),
                { label: 'found to survive', values: [costPerHour] }
              ]
            },
            frame
          ),
        caption: `What is kept or bought beside the plan so that any one of these losses is survived; ${how}.`
      },
      ...(spare.length === 0
        ? [
            {
              kind: 'paragraph' as const,
              text: `The plan survives ${notCovered.length > 0 ? 'the others' : 'them'} as it is.`
            }
          ]
        : [
            {
              kind: 'table' as const,
              caption: 'Nodes beside those of the plan',
              columns: [...words('Node', 'Type', ''), ...numbers('An hour')],
              rows: spare.map(({ id, type = '', isNew, costPerHour: each }) => [
                id,
                type,
                isNew ? 'to buy' : 'to keep',
                formatMoney(each)
              ])
            }
          ]),
      ...(notCovered.length === 0
        ? []
        : [
            {
              kind: 'paragraph' as const,
              text: `Losses for which no nodes were found that make them survivable: ${notCovered.join(', ')}. The cost is that of the others, and nothing is proven of it.`
            }
          ])
    ]
  }
}
