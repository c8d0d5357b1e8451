import type { Alternatives, ForbiddenNode, PossibleNode } from '../../review/alternatives/alternatives.js'
import { formatSignedCount, formatSignedMoney } from '../capacity/difference-words.js'
import { alignColumns, displayWidth, padEnd, printable, shorten, wrap } from './layout.js'
import { formatCount, formatMoney } from './numbers.js'
import { plainStyle, type Style } from './style.js'

const LONGEST_NAME = 32

/** Where else a replica could be, to read: what each node costs and whether it can be reached, then what forbids the others. */
export function renderAlternatives(alternatives: Alternatives, style: Style = plainStyle): string {
  const { replica, deployment, now, planned, possible, forbidden, counts } = alternatives
  const title = `${style.strong(nameOf(replica))}  ${style.faint(
    [
      `of ${nameOf(deployment)}`,
      now === null ? 'runs nowhere yet' : `runs on ${nameOf(now)}`,
      planned === null ? 'has no place' : `planned on ${nameOf(planned)}`
    ].join(', ')
  )}`
  const sections = [
    [title],
    [
      style.strong(`${formatCount(counts.possible, 'node')} where it could be, all else as planned`),
      ...renderPossible(possible, style),
      ...restOf(counts.possible, possible.length)
    ],
    ...(counts.forbidden === 0
      ? []
      : [
          [
            style.strong(`${formatCount(counts.forbidden, 'node')} where it could not be`),
            ...renderForbidden(forbidden, style),
            ...restOf(counts.forbidden, forbidden.length)
          ]
        ])
  ]
  return sections.map((lines) => `${lines.join('\n')}\n`).join('\n')
}

function renderPossible(possible: readonly PossibleNode[], style: Style): string[] {
  if (possible.length === 0) return []
  const rows = possible.map(
    ({ node, type, costPerHour, costDifference, moreMigrations, reachable, blockedBy, isPlanned, isHome }) => [
      describeNode(node, type),
      formatMoney(costPerHour),
      isPlanned ? '' : formatSignedMoney(costDifference),
      isPlanned ? '' : formatSignedCount(moreMigrations),
      isPlanned ? 'as planned' : `${isHome ? 'where it runs; ' : ''}${REACHABLE[reachable]}${describeBlock(blockedBy)}`
    ]
  )
  const [head = '', ...lines] = alignColumns(
    [['', 'cost/hour', 'difference', 'moves', ''], ...rows],
    ['left', 'right', 'right', 'right', 'left']
  )
  return [style.faint(`  ${head}`), ...lines.map((line) => `  ${line}`)]
}

const REACHABLE: Readonly<Record<PossibleNode['reachable'], string>> = {
  yes: 'reachable safely',
  no: 'no safe order of moves found',
  unchecked: 'not tried'
}

function describeBlock(blockedBy: readonly string[] = []): string {
  return blockedBy.length === 0 ? '' : `: ${printable(blockedBy[0] as string)}`
}

/** Each node with its limits beside it, wrapped. */
function renderForbidden(forbidden: readonly ForbiddenNode[], style: Style): string[] {
  const names = forbidden.map(({ node, type }) => describeNode(node, type))
  const width = Math.max(0, ...names.map(displayWidth))
  return forbidden.flatMap(({ limits, isHome }, order) => {
    const said = limits.map(({ path, message }) => `${path === undefined ? '' : `${path}: `}${message}`).join('; ')
    const text = printable(isHome ? `where it runs; ${said}` : said)
    return wrap(text, style.width - width - 4).map(
      (line, index) => `  ${padEnd(index === 0 ? (names[order] as string) : '', width)}  ${line}`
    )
  })
}

function describeNode(node: string, type: string | undefined): string {
  return type === undefined ? nameOf(node) : `${nameOf(node)} (to buy)`
}

function nameOf(name: string): string {
  return shorten(printable(name), LONGEST_NAME)
}

function restOf(count: number, shown: number): string[] {
  return count > shown ? [`  … and ${formatCount(count - shown, 'more', 'more')}; --limit N shows N of each`] : []
}
