/** The parts of README.md that are measured: written from results/, never by hand. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { fillPart } from './markdown.mjs'
import { renderReport } from './tables.mjs'

const readme = new URL('../README.md', import.meta.url)
const figuresFile = new URL('results/figures.json', import.meta.url)
const startFile = new URL('results/start.txt', import.meta.url)

/** The README as it ought to be by the results there are. @type {(text: string) => string} */
function fill(text) {
  const figures = existsSync(figuresFile)
    ? renderReport(JSON.parse(readFileSync(figuresFile, 'utf8')), false)
    : 'Not measured yet.\n'
  const start = `\`\`\`text\n${readFileSync(startFile, 'utf8')}\`\`\`\n`
  return fillPart(fillPart(text, 'figures', figures), 'start', start)
}

/** Writes the results into the README. */
export function writeReadme() {
  writeFileSync(readme, fill(readFileSync(readme, 'utf8')))
}

/** Whether the README says what the results say. @type {() => boolean} */
export function isReadmeCurrent() {
  const text = readFileSync(readme, 'utf8')
  return fill(text) === text
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
