import type { Holes, HolesAnswer } from '../../../capacity/holes/holes.js'
import { freeDevices } from '../../capacity/free-devices.js'
import { formatFactor, scarcestFirst } from '../../capacity/growth-words.js'
import { stackedBars } from '../charts/stacked-bars.js'
import { wrap } from '../layout.js'
import { formatAmount, formatCount, formatMoney, formatPercent } from '../numbers.js'
import { plainStyle, type Style } from '../style.js'
import { joinSections, nameCell, renderNotes, renderTable, titleOf } from './answer-text.js'
import { MOST_ROWS } from './growth-cells.js'

/** Usable holes for people: how many more replicas fit now and after the plan. Ends with a newline. */
export function renderHoles(answer: HolesAnswer, style: Style = plainStyle): string {
  const { now, after } = answer
  return joinSections([
    titleOf(answer, style),
    [...describeHoles('Now', now, style), ...(after === null ? [] : describeHoles('After the plan', after, style))],
    renderDeployments(now, after, style),
    renderFree(now, after, style),
    renderNotes(answer, style)
  ])
}

function describeHoles(when: string, { activeNodes, costPerHour, all, fragmentation }: Holes, style: Style): string[] {
  const free = fragmentation
    .filter((measured) => measured.free > 0)
    .map(
      ({ resource, free, expected }) =>
        `${formatAmount(free)} ${resource} free, ${formatPercent(expected / free)} of it of no use to a replica of today`
    )
  const mix =
    all.fits === null
      ? 'nothing is known of more'
      : `room for ${style.strong(formatFactor(all.fits.factor))} the mix of today`
  const text = [
    `${when}: ${formatCount(activeNodes, 'active node')} at ${formatMoney(costPerHour)}`,
    mix,
    ...free
  ].join(', ')
  return wrap(text, style.width - 4).map((line, index) => `${index === 0 ? '  ' : '    '}${line}`)
}

function renderDeployments(now: Holes, after: Holes | null, style: Style): string[] {
  const later = new Map(after?.deployments.map((growth) => [growth.deployment, growth]))
  const more = (growth: Holes['all'] | undefined) => {
    if (growth?.fits == null) return ''
    return `${growth.gap === 0 ? '' : '≥ '}${formatAmount(growth.fits.added)}`
  }
  const shown = scarcestFirst(now.deployments).slice(0, MOST_ROWS)
  const rows = shown.map((growth) => [
    nameCell(growth.deployment),
    formatAmount(growth.replicas),
    more(growth),
    more(later.get(growth.deployment))
  ])
  const others = now.deployments.length - shown.length
  return [
    ...renderTable(
      ['one alone', 'running', 'more now', 'more after'],
      rows,
      ['left', 'right', 'right', 'right'],
      style
    ),
    ...(others > 0 ? [style.faint(`  … and ${formatCount(others, 'deployment')} with more room`)] : [])
  ]
}

function renderFree(now: Holes, after: Holes | null, style: Style): string[] {
  const rows = freeDevices(now, after)
    .filter(({ free }) => free > 0)
    .map(({ label, free, expected }) => ({ label: `free ${label}`, values: [Math.max(0, free - expected), expected] }))
  const room = { ...style, width: style.width - 2 }
  return stackedBars(['of use to a replica of today', 'of no use'], rows, room).map((line) => `  ${line}`)
}
