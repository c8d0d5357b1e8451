/** The parts of README.md that are measured: written from results/, never by hand. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readReport } from './bench/report.mjs'
import { fillPart } from './markdown.mjs'
import { renderSavings } from './page/lone-picture.mjs'
import { renderReport } from './tables.mjs'

const readme = new URL('../README.md', import.meta.url)
const promisesFile = new URL('results/promises.json', import.meta.url)
const startFile = new URL('results/start.txt', import.meta.url)
const horizonFile = new URL('results/horizon.txt', import.meta.url)
const benchFile = new URL('results/bench.json', import.meta.url)
const pictureFile = new URL('../docs/savings.svg', import.meta.url)

/** The README as it ought to be by the results there are. @type {(text: string) => string} */
function fill(text) {
  const promised = existsSync(promisesFile)
    ? renderReport(JSON.parse(readFileSync(promisesFile, 'utf8')), false)
    : 'Not measured yet.\n'
  const start = `\`\`\`text\n${readFileSync(startFile, 'utf8')}\`\`\`\n`
  const horizon = existsSync(horizonFile)
    ? `\`\`\`text\n${readFileSync(horizonFile, 'utf8')}\`\`\`\n`
    : 'Not measured yet.\n'
  const savings = readSavings()
  const saved = savings === null ? 'Not measured yet.\n' : wrap(savings.sentences.join(' '))
  const parts = { promises: promised, start, savings: saved, horizon }
  return Object.entries(parts).reduce((filled, [name, part]) => fillPart(filled, name, part), text)
}

/** What the kept record of the benchmark says is saved; null where nothing is kept. */
function readSavings() {
  return existsSync(benchFile) ? renderSavings(readReport(fileURLToPath(benchFile))) : null
}

/** Lines as long as those written by hand. @type {(text: string) => string} */
const wrap = (text) => `${text.replace(/(?=.{121})(.{1,120}) /g, '$1\n')}\n`

/** Writes the results, and the picture of them, into and beside the README. */
export function writeReadme() {
  writeFileSync(readme, fill(readFileSync(readme, 'utf8')))
  const savings = readSavings()
  if (savings !== null) writeFileSync(pictureFile, savings.picture)
}

/** Whether README and picture say what the results say. @type {() => boolean} */
export function isReadmeCurrent() {
  const text = readFileSync(readme, 'utf8')
  const savings = readSavings()
  return fill(text) === text && (savings === null || readFileSync(pictureFile, 'utf8') === savings.picture)
}

/** Keeps what the plan of two weeks reads like. @type {(text: string) => void} */
export function keepHorizon(text) {
  writeFileSync(horizonFile, text)
  writeReadme()
}

/** Keeps what `npm start` prints, as it reaches a file. */
export function recordStart() {
  const script = fileURLToPath(new URL('../scripts/start.mjs', import.meta.url))
  const { FORCE_COLOR: _force, INIT_CWD: _folder, ...environment } = process.env
  const output = execFileSync(process.execPath, [script], {
    cwd: fileURLToPath(new URL('../', import.meta.url)),
    env: { ...environment, NO_COLOR: '1', npm_lifecycle_event: 'start' },
    stdio: ['ignore', 'pipe', 'ignore']
  })
  writeFileSync(startFile, output)
}
