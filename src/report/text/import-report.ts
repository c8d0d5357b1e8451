import { groupBy } from '../../../models/grouping.js'
import type { ImportRemark, ImportReport } from '../../adapters/import-report.js'
import { SYSTEM_NAMES } from '../../adapters/problem-source.js'
import { alignColumns, indent, printable, wrap } from './layout.js'
import { formatCount, formatMoney } from './numbers.js'
import { plainStyle, type Style } from './style.js'

/** Names shown of the things that a remark is about. */
const MOST_NAMES = 3
/** Rows of the table of prices. */
const MOST_TYPES = 12

const SOURCES: Readonly<Record<ImportReport['prices'][number]['source'], string>> = {
  annotation: 'as the node says',
  flag: 'as --price says',
  catalogue: 'from the catalogue',
  override: 'as the overrides say',
  unknown: 'not known: as --unknown-price says'
}

/** What an importer made of a snapshot, for people. Lines keep to the width of the style; a newline ends the last. */
export function renderImportReport(report: ImportReport, style: Style = plainStyle): string {
  const { source, read, imported, pinned, adapted, leftOut } = report
  const { nodes, deployments, replicas } = imported
  const counts = Object.entries(read).map(([kind, count]) => formatCount(count, printable(kind)))
  const sections = [
    [
      style.strong(`${SYSTEM_NAMES[source]} snapshot`),
      ...indent([`read: ${counts.join(', ')}`], style),
      ...indent(
        [
          `Problem: ${formatCount(nodes, 'node')}, ${formatCount(deployments, 'deployment')}, ${formatCount(replicas, 'replica')}`
        ],
        style
      )
    ],
    renderRemarks('Warnings', adapted.filter(isWarning), style),
    renderPrices(report, style),
    renderRemarks('Stays where it is', pinned, style),
    renderRemarks(
      'Understood in its own way',
      adapted.filter((remark) => !isWarning(remark)),
      style
    ),
    renderRemarks('Not in the Problem', leftOut, style)
  ]
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n')
}

/** What of a report nobody should miss; nothing where there is nothing. */
export function renderImportWarnings({ adapted }: ImportReport, style: Style = plainStyle): string {
  return renderRemarks('Warnings', adapted.filter(isWarning), style)
    .map((line) => `${line}\n`)
    .join('')
}

/** Codes of what is wrong with a snapshot as a whole, in all likelihood. */
const WARNINGS: ReadonlySet<string> = new Set(['one-namespace', 'nothing-runs'])

function isWarning({ kind, code }: ImportRemark): boolean {
  return kind === 'Snapshot' && WARNINGS.has(code)
}

function renderPrices({ prices }: ImportReport, style: Style): string[] {
  if (prices.length === 0) return []
  const rows = [...prices]
    .sort((left, right) => right.nodes * right.costPerHour - left.nodes * left.costPerHour)
    .slice(0, MOST_TYPES)
    .map(({ type, nodes, costPerHour, source }) => [
      formatCount(nodes, 'node'),
      printable(type === '' ? '(no type)' : type),
      formatMoney(costPerHour),
      SOURCES[source]
    ])
  const more = prices.length > MOST_TYPES ? [`  and ${formatCount(prices.length - MOST_TYPES, 'more type')}`] : []
  const lines = alignColumns(rows, ['right', 'left', 'right', 'left']).map((line) => `  ${line}`)
  return [style.strong('Prices per hour'), ...lines, ...more]
}

/** What is said of many things alike is said once, with the names of some. */
function renderRemarks(title: string, remarks: readonly ImportRemark[], style: Style): string[] {
  if (remarks.length === 0) return []
  const groups = groupBy(remarks, ({ kind, code, reason }) => JSON.stringify([kind, code, reason]))
  const sorted = [...groups.values()].sort((left, right) => right.length - left.length)
  return [style.strong(title), ...sorted.flatMap((group) => renderGroup(group, style))]
}

function renderGroup(group: readonly ImportRemark[], { width, faint }: Style): string[] {
  const [{ kind, code, reason, remedy }] = group as readonly [ImportRemark]
  const names = group.slice(0, MOST_NAMES).map(({ id }) => printable(id))
  const more = group.length > MOST_NAMES ? ` and ${group.length - MOST_NAMES} more` : ''
  const text = `${printable(kind)} ${names.join(', ')}${more}: ${printable(reason)} (${code})`
  const lines = wrap(text, width - 4).map((line, index) => `${index === 0 ? '  ' : '    '}${line}`)
  const ways =
    remedy === undefined ? [] : wrap(`→ ${printable(remedy)}`, width - 6).map((line) => faint(`      ${line}`))
  return [...lines, ...ways]
}
