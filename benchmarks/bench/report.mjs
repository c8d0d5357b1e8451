/** The record of a run of the benchmark: put together, kept, and read again. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { locate, readJson } from '../instances.mjs'
import { renderPage } from '../page/page.mjs'
import { describeSurroundings } from '../surroundings.mjs'
import { UsageError } from '../usage-error.mjs'
import { keyOf } from './cells.mjs'
import { report as reportSchema } from './record.mjs'

/** @import { Contestant } from '../contestants/attempt.mjs' */
/** @import { Cell } from './cells.mjs' */
/** @import { Journal } from './journal.mjs' */
/** @import { Prepared } from './prepare.mjs' */
/** @import { BenchReport } from './record.mjs' */

/**
 * @type {(suite: { name: string, gap: number, cores: number, absent: string[] }, cells: readonly Cell[], prepared: readonly Prepared[], journal: Journal) => BenchReport}
 */
export function assembleReport({ name, gap, cores, absent }, cells, prepared, journal) {
  const { versions, ...surroundings } = describeSurroundings()
  const runs = cells.flatMap((cell) => journal.runs.get(keyOf(cell)) ?? [])
  const took = new Set(runs.map(({ contestant }) => contestant))
  const part = [...new Set(cells.map(({ contestant }) => contestant))].filter(({ name }) => took.has(name))
  const missing = cells.length - runs.length
  return reportSchema.parse({
    schemaVersion: 1,
    ...surroundings,
    versions: Object.fromEntries(Object.entries(versions)),
    suite: name,
    cores,
    gap,
    instances: prepared.map(({ facts }) => facts),
    contestants: part.map(describe),
    runs,
    absent: missing === 0 ? absent : [...absent, `${missing} of ${cells.length} runs: the benchmark was stopped`],
    context: { allocations: readAllocations() }
  })
}

/** @type {(contestant: Contestant) => BenchReport['contestants'][number]} */
const describe = ({ name, kind, description, places, versions }) => ({
  ...{ name, kind, description, places: places ?? true, versions: versions() }
})

/** @type {() => unknown} */
function readAllocations() {
  const file = locate('fixtures', 'openb/fgd-allocation.json')
  return file === undefined ? [] : readJson(file).allocations
}

/** Writes record and page, and says where. @type {(report: BenchReport, folder: string) => { record: string, page: string }} */
export function writeReport(report, folder) {
  mkdirSync(folder, { recursive: true })
  const record = join(folder, 'bench.json')
  const page = join(folder, 'bench.html')
  writeFileSync(record, writeRecord(report))
  writeFileSync(page, renderPage(report))
  return { record, page }
}

/** A run is a line: a page of records that people can compare. @type {(report: BenchReport) => string} */
function writeRecord(report) {
  const lists = Object.entries(report).map(([key, value]) => {
    const isList = Array.isArray(value) && typeof value[0] === 'object'
    const text = isList
      ? `[\n${value.map((item) => `    ${JSON.stringify(item)}`).join(',\n')}\n  ]`
      : JSON.stringify(value)
    return `  ${JSON.stringify(key)}: ${text}`
  })
  return `{\n${lists.join(',\n')}\n}\n`
}

/** A record of before, held against its schema. Throws with what is wrong and where. @type {(file: string) => BenchReport} */
export function readReport(file) {
  if (!existsSync(file)) throw new UsageError(`there is no record ${file}: run the benchmark first`)
  const parsed = reportSchema.safeParse(parseJson(file))
  if (parsed.success) return parsed.data
  const places = parsed.error.issues
    .slice(0, 5)
    .map(({ path, message }) => `  ${path.join('.') || 'the whole'}: ${message}`)
  throw new UsageError(`${file} is no record of schemaVersion 1:\n${places.join('\n')}`)
}

/** @type {(file: string) => unknown} */
function parseJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new UsageError(`${file} cannot be read as JSON: ${String(error).slice(0, 200)}`)
  }
}
