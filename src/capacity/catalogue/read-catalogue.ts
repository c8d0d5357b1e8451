import { describeValue } from '../../../models/contract/describe-input.js'
import type { InputIssue } from '../../../models/contract/input-issues.js'
import { InputError } from '../../../models/contract/parse.js'
import type { Unchecked } from '../../../models/contract/unchecked.js'
import { readAmount } from '../table/amounts.js'
import { findColumn, missingColumn } from '../table/columns.js'
import { readTable, type TableInput } from '../table/read-table.js'
import { placeOf, type Table, type TableRow } from '../table/table.js'
import type { InstanceGpus, InstanceType } from './instance-type.js'

const REQUIRED = ['name', 'vcpu', 'memGiB', 'priceOnDemand'] as const
const OPTIONAL = ['cloud', 'region', 'arch', 'gpu', 'gpuCount', 'gpuMemGiB', 'priceSpot'] as const
type Column = (typeof REQUIRED | typeof OPTIONAL)[number]

/**
 * Instance types and their prices, from the text of a CSV file or from rows. Columns: `name`, `vcpu`, `memGiB`, `priceOnDemand`
 * (money per hour); and where there are any `cloud`, `region`, `arch` (amd64 where the column is missing), `gpu` (the model, `?` where
 * unknown), `gpuCount`, `gpuMemGiB` (of all GPUs of the machine together), `priceSpot`. Others are passed over. An empty price, or one
 * of 0, is not known; nor is a machine of 0 processors or 0 memory. Throws InputError that names row and column.
 */
export function readCatalogue(input: Unchecked<TableInput>): InstanceType[] {
  const table = readTable(input, 'catalogue')
  const columns = findColumns(table)
  const issues: InputIssue[] = []
  const first = new Map<string, number>()
  const types = table.rows.map((row): InstanceType => {
    const type = readType(table, columns, row, issues)
    const key = JSON.stringify([type.cloud, type.region, type.name])
    const earlier = first.get(key)
    if (earlier === undefined) first.set(key, row.line)
    else {
      const expected = `every type once in a region: ${placeOf(table, earlier)} has this one`
      issues.push({ path: placeOf(table, row.line, columns.name), found: describeValue(type.name), expected })
    }
    return type
  })
  if (issues.length > 0) throw new InputError('catalogue', issues)
  return types
}

function findColumns(table: Table): Readonly<Record<Column, number>> {
  const found = [...REQUIRED, ...OPTIONAL].map((name) => [name, findColumn(table, name)] as const)
  const missing = found.slice(0, REQUIRED.length).filter(([, index]) => index < 0)
  if (missing.length > 0) {
    throw new InputError(
      'catalogue',
      missing.map(([name]) => missingColumn(table, `a column "${name}"`))
    )
  }
  return Object.fromEntries(found) as Record<Column, number>
}

function readType(
  table: Table,
  columns: Readonly<Record<Column, number>>,
  { line, cells }: TableRow,
  issues: InputIssue[]
): InstanceType {
  const text = (column: Column) => (columns[column] < 0 ? '' : String(cells[columns[column]]))
  const amount = (column: Column, what: string): number => {
    const value = readAmount(cells[columns[column]], what)
    if (typeof value === 'number') return value
    issues.push({ path: placeOf(table, line, columns[column]), ...value })
    return 0
  }
  const known = (column: Column, what: string) => (text(column) === '' ? null : amount(column, what))
  const price = (column: Column) => known(column, 'money per hour') || null
  const name = text('name')
  if (name === '') {
    issues.push({ path: placeOf(table, line, columns.name), found: 'an empty cell', expected: 'the name of a type' })
  }
  const count = known('gpuCount', 'GPUs of the machine') ?? 0
  const memory = known('gpuMemGiB', 'GiB of all its GPUs')
  return {
    name,
    cloud: text('cloud'),
    region: text('region'),
    arch: columns.arch < 0 ? 'amd64' : text('arch'),
    cpu: amount('vcpu', 'virtual processors'),
    memory: amount('memGiB', 'GiB of memory'),
    gpus: count === 0 ? null : gpusOf(text('gpu'), count, memory),
    onDemand: price('priceOnDemand'),
    spot: price('priceSpot')
  }
}

function gpusOf(model: string, count: number, memory: number | null): InstanceGpus {
  const isKnown = model !== '' && model !== '?'
  return { model: isKnown ? model : null, count, memory: memory === null ? null : memory / count }
}
