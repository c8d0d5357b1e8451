import type { Growth } from '../../../capacity/growth/growth.js'
import type { Holes, HolesAnswer } from '../../../capacity/holes/holes.js'
import { freeDevices } from '../../capacity/free-devices.js'
import { formatFactor, scarcestFirst } from '../../capacity/growth-words.js'
import { barChart } from '../../svg/bar-chart.js'
import { formatAmount, formatCount, formatMoney, formatPercent } from '../../text/numbers.js'
import type { Section } from '../section.js'
import type { Tile } from '../tiles.js'
import { type Facts, factsOf, renderAnswerPage } from './answer-page.js'
import { numbers, words } from './columns.js'

/** Usable holes as a page: what still fits beside what runs, now and after the plan, and how much of what is free is of use. */
export function renderHolesPage(answer: HolesAnswer, madeFrom: Facts = []): string {
  return renderAnswerPage(answer, factsOf(answer), madeFrom, {
    subtitle: sentenceOf(answer),
    tiles: tilesOf(answer),
    sections: [deploymentSection(answer), ...freeSections(answer)]
  })
}

function sentenceOf({ now, after }: HolesAnswer): string {
  const roomOf = ({ all, activeNodes }: Holes) =>
    `${formatCount(activeNodes, 'node')} have room for ${all.fits === null ? 'nothing that is known' : `${formatFactor(all.fits.factor)} the mix of today`}`
  return `Now ${roomOf(now)}${after === null ? '' : `; after the plan ${roomOf(after)}`}.`
}

function tilesOf({ now, after }: HolesAnswer): Tile[] {
  const factorOf = ({ all }: Holes) => (all.fits === null ? 'not known' : formatFactor(all.fits.factor))
  const stages: readonly (readonly [string, Holes])[] = [
    ['now', now],
    ...(after === null ? [] : [['after the plan', after] as const])
  ]
  return [
    ...stages.map(([when, holes]) => ({
      label: `Room for the mix, ${when}`,
      value: factorOf(holes),
      detail: holes.all.gap === 0 ? 'and proven: no more' : 'at least'
    })),
    ...stages.map(([when, holes]) => ({
      label: `Active nodes, ${when}`,
      value: formatAmount(holes.activeNodes),
      detail: `${formatMoney(holes.costPerHour)} an hour`
    }))
  ]
}

/** What fits of one deployment now and after the plan. */
interface Room {
  readonly name: string
  readonly replicas: number
  readonly now: Growth
  readonly after: Growth | null
}

function roomsOf({ now, after }: HolesAnswer): Room[] {
  const later = new Map(after?.deployments.map((growth) => [growth.deployment, growth]))
  return scarcestFirst(now.deployments).map(({ deployment, ...growth }) => ({
    name: deployment,
    replicas: growth.replicas,
    now: growth,
    after: later.get(deployment) ?? null
  }))
}

function moreOf(growth: Growth | null): number {
  return growth?.fits?.added ?? 0
}

function writeMore(growth: Growth | null): string {
  if (growth?.fits == null) return 'not known'
  return `${growth.gap === 0 ? '' : '≥ '}${formatAmount(growth.fits.added)}`
}

function deploymentSection(answer: HolesAnswer): Section {
  const rooms = roomsOf(answer)
  const hasAfter = answer.after !== null
  const isMore = rooms.some(({ now, after }) => moreOf(after) > moreOf(now))
  return {
    heading: 'How many more replicas fit',
    blocks: [
      {
        kind: 'figure',
        draw: (frame) =>
          barChart(
            {
              title: hasAfter ? 'Replicas more, now and after the plan' : 'Replicas more, now',
              value: { label: 'replicas more', kind: 'whole', format: formatAmount },
              ...(hasAfter ? { parts: ['now and after', 'only now', ...(isMore ? ['only after'] : [])] } : {}),
              rows: rooms.map(({ name, replicas, now, after }) => {
                const [first, second] = [moreOf(now), moreOf(after)]
                const both = Math.min(first, second)
                return {
                  label: name,
                  values: hasAfter ? [both, first - both, second - both] : [first],
                  written: hasAfter ? `${writeMore(now)} → ${writeMore(after)}` : writeMore(now),
                  note: `${formatAmount(replicas)} run`
                }
              })
            },
            frame
          ),
        caption:
          'Each deployment alone, beside everything that runs, with nothing moving. A plan that packs tightly leaves little: what it saves was room for more.',
        table: {
          caption: 'Every deployment',
          columns: [
            ...words('Deployment'),
            ...numbers('Running', 'More now', 'More after', 'Cannot be now', 'Cannot be after')
          ],
          rows: rooms.map(({ name, replicas, now, after }) => [
            name,
            formatAmount(replicas),
            writeMore(now),
            hasAfter ? writeMore(after) : '',
            writeLimit(now),
            writeLimit(after)
          ])
        }
      }
    ]
  }
}

function writeLimit(growth: Growth | null): string {
  return growth?.provenLimit == null ? '' : formatAmount(growth.provenLimit.added)
}

function freeSections({ now, after }: HolesAnswer): Section[] {
  const rows = freeDevices(now, after)
  if (rows.length === 0) return []
  return [
    {
      heading: 'What is free, and of use',
      blocks: [
        {
          kind: 'figure',
          draw: (frame) =>
            barChart(
              {
                title: 'Free devices',
                value: { label: 'devices', format: formatAmount },
                parts: ['of use to a replica of today', 'of no use'],
                rows: rows.map(({ label, free, expected }) => ({
                  label,
                  values: [Math.max(0, free - expected), expected],
                  ...(free > 0 ? { note: `${formatPercent(expected / free)} of no use` } : {})
                }))
              },
              frame
            ),
          caption:
            'Expected for a replica drawn from the mix of today: of no use is what is free on nodes where it does not fit, and on devices with less left than it takes (Weng et al., Beware of Fragmentation, USENIX ATC 2023, section 3.2).'
        }
      ]
    }
  ]
}
