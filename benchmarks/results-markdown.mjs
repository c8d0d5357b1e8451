/** benchmarks/RESULTS.md: its tables are written from results/; what stands outside of them is written by hand. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { renderChaos } from './chaos/table.mjs'
import { renderDays } from './day/table.mjs'
import { renderDrains } from './drains/table.mjs'
import { renderEngine } from './engine/table.mjs'
import { renderHorizonReport } from './horizon/table.mjs'
import { renderImportSpeed } from './import-speed/table.mjs'
import { fillPart } from './markdown.mjs'
import { renderMigration } from './migration/table.mjs'
import { renderBench } from './page/markdown-summary.mjs'
import { renderReviseReport } from './revise/table.mjs'
import { renderSequencing } from './sequencing/table.mjs'
import { renderThroughput } from './sweep-throughput/table.mjs'
import { renderVersions } from './versions/table.mjs'

const page = new URL('RESULTS.md', import.meta.url)

/** The parts of the page, and what writes each from its results. @type {Record<string, (report: any) => string>} */
const parts = {
  engine: renderEngine,
  bench: renderBench,
  versions: renderVersions,
  sequencing: renderSequencing,
  'migration-scale': renderMigration,
  chaos: renderChaos,
  day: renderDays,
  revise: renderReviseReport,
  drains: renderDrains,
  'import-speed': renderImportSpeed,
  horizon: renderHorizonReport,
  'sweep-throughput': renderThroughput
}

/** @type {(name: string) => URL} */
const resultsFile = (name) => new URL(`results/${name}.json`, import.meta.url)

/** What was kept; undefined where nothing was. @type {(name: string) => any} */
export function readResults(name) {
  return existsSync(resultsFile(name)) ? JSON.parse(readFileSync(resultsFile(name), 'utf8')) : undefined
}

/** Keeps a report, and writes it into the page. @type {(name: string, report: unknown) => void} */
export function keepResults(name, report) {
  writeFileSync(resultsFile(name), `${JSON.stringify(report, null, 2)}\n`)
  writeResultsPage()
}

/** The page as it ought to be by the results there are. @type {(text: string) => string} */
function fill(text) {
  return Object.entries(parts).reduce((filled, [name, render]) => {
    const report = readResults(name)
    return fillPart(filled, name, report === undefined ? 'Not measured yet.\n' : render(report))
  }, text)
}

export function writeResultsPage() {
  writeFileSync(page, fill(readFileSync(page, 'utf8')))
}

/** Whether the page says what the results say. @type {() => boolean} */
export function isResultsPageCurrent() {
  const text = readFileSync(page, 'utf8')
  return fill(text) === text
}
