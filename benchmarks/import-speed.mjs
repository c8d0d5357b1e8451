/** `npm run import-speed`: how long a large snapshot of Kubernetes takes to import, and how much memory. Exit code 1 beyond what is promised. */
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { execPath } from 'node:process'
import { fileURLToPath } from 'node:url'
import { parseArgs, promisify } from 'node:util'
import { makeSnapshot } from './import-speed/snapshot.mjs'
import { isKept, renderImportSpeed } from './import-speed/table.mjs'
import { readCount } from './option-values.mjs'
import { keepResults } from './results-markdown.mjs'
import { describeSurroundings } from './surroundings.mjs'
import { runCommandLine } from './usage-error.mjs'

/** @import { ImportRow } from './import-speed/table.mjs' */

const HELP = `Usage: npm run import-speed -- [options]

Makes snapshots of Kubernetes as kubectl prints them, 10 and 100 MB large by default, and reads each by the command import
kubernetes, in a process of its own. Exit code 1 when 100 MB take more than 10 s or 1.5 GB, or something is lost on the way.

Options:
  --megabytes N...   sizes, default 10 100; may be given again
  --runs N           calls for each size, default 5
  --keep             keep the figures in benchmarks/results/import-speed.json and RESULTS.md
  --help
`

const command = fileURLToPath(new URL('../dist/src/cli/main.js', import.meta.url))
const tellMemory = new URL('import-speed/tell-memory.mjs', import.meta.url).href

await runCommandLine(main, HELP)

async function main() {
  const { values } = parseArgs({
    options: {
      megabytes: { type: 'string', multiple: true, default: ['10', '100'] },
      runs: { type: 'string', default: '5' },
      keep: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false }
    }
  })
  if (values.help) return console.log(HELP)
  const runs = readCount('--runs', values.runs, 1_000)
  const folder = await mkdtemp(join(tmpdir(), 'import-speed-'))
  try {
    /** @type {ImportRow[]} */
    const rows = []
    for (const size of values.megabytes) {
      rows.push(await measure(folder, readCount('--megabytes', size, 400) * 1e6, runs))
    }
    const report = { schemaVersion: 1, ...describeSurroundings(), threads: availableParallelism(), rows }
    console.log(renderImportSpeed({ ...report, schemaVersion: 1 }))
    if (values.keep) keepResults('import-speed', report)
    if (!rows.every(isKept)) process.exitCode = 1
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** @type {(folder: string, bytes: number, runs: number) => Promise<ImportRow>} */
async function measure(folder, bytes, runs) {
  const [file, output, memory] = ['snapshot.json', 'problem.json', 'memory'].map((name) => join(folder, name))
  const { text, nodes, pods } = makeSnapshot(bytes)
  await writeFile(String(file), text)
  /** @type {ImportRow} */
  const row = { bytes: Buffer.byteLength(text), nodes, pods, seconds: [], memoryBytes: [], isWhole: true }
  for (let run = 0; run < runs; run++) {
    const started = performance.now()
    const args = ['import', 'kubernetes', String(file), '--price', 'm5.4xlarge=0.768', '-o', String(output)]
    await promisify(execFile)(execPath, ['--import', tellMemory, command, ...args], {
      env: { ...process.env, MEMORY_FILE: memory }
    })
    row.seconds.push((performance.now() - started) / 1000)
    row.memoryBytes.push(Number(await readFile(String(memory), 'utf8')))
    const problem = JSON.parse(await readFile(String(output), 'utf8'))
    row.isWhole &&= problem.nodes.length === nodes && problem.replicas.length === pods
  }
  return row
}
