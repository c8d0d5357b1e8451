/** `npm run versions`: commits of this package beside each other, on the same instances in the same time. */
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { readCount, readNumber } from './option-values.mjs'
import { keepResults, readResults } from './results-markdown.mjs'
import { describeSurroundings } from './surroundings.mjs'
import { runCommandLine, UsageError } from './usage-error.mjs'
import { findCommit, measureVersion } from './versions/measure-version.mjs'
import { versionsReport } from './versions/record.mjs'
import { renderVersions } from './versions/table.mjs'

/** @import { MeasuredVersion } from './versions/record.mjs' */

const INSTANCES = [
  ...['synthetic/synthetic-100-1', 'synthetic/synthetic-400-1', 'synthetic/synthetic-1000-1'],
  ...['dense/dense-100-1', 'dense/dense-200-1', 'dense/dense-400-1'],
  ...['openb/openb-slice-30', 'openb/openb-slice-120', 'openb/openb-slice-400']
]

const HELP = `Usage: npm run versions -- [options] COMMIT=TITLE …

Builds every COMMIT in a worktree of its own, with the packages that are installed here, solves ${INSTANCES.length} instances with its
command, checks the placements with the checker of today, and writes the table into benchmarks/RESULTS.md, with a
footnote for whatever is worse than in the version before. TITLE says in a few words what was new.

  npm run versions -- 'HEAD=Benchmark suite'    adds a row; a commit that is there already is measured anew

Options:
  --seeds N    so many for each instance, default 3
  --limit S    seconds for each run, default 10
  --fresh      keep none of the rows there are
  --dry        print the table, keep nothing
  --help
`

await runCommandLine(main, HELP)

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      seeds: { type: 'string', default: '3' },
      limit: { type: 'string', default: '10' },
      fresh: { type: 'boolean', default: false },
      dry: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false }
    }
  })
  if (values.help) return console.log(HELP)
  if (positionals.length === 0) throw new UsageError('which COMMIT=TITLE?')
  // All of them first: a wrong one at the end would lose an hour.
  const asked = positionals.map(readVersion)
  const seeds = readCount('--seeds', values.seeds, 1000)
  const limitSeconds = readNumber('--limit', values.limit, 0.1, 86_400)
  await run(asked, { seeds, limitSeconds, fresh: values.fresh, dry: values.dry })
}

/** @type {(text: string) => { commit: string, title: string }} */
function readVersion(text) {
  const [, name = '', title = ''] = /^([^=]+)=(.+)$/.exec(text) ?? []
  if (title === '') throw new UsageError(`${text} is no COMMIT=TITLE`)
  const commit = findCommit(name)
  if (commit === null) throw new UsageError(`${name} is no commit of this repository`)
  return { commit, title }
}

/** @type {(asked: readonly { commit: string, title: string }[], options: { seeds: number, limitSeconds: number, fresh: boolean, dry: boolean }) => Promise<void>} */
async function run(asked, { seeds, limitSeconds, fresh, dry }) {
  const threads = Math.min(8, availableParallelism())
  const kept = fresh ? undefined : readResults('versions')
  const former = kept === undefined ? undefined : versionsReport.parse(kept)
  const surroundings = describeSurroundings()
  const differs =
    former !== undefined &&
    (former.limitSeconds !== limitSeconds ||
      former.threads !== threads ||
      JSON.stringify(former.machine) !== JSON.stringify(surroundings.machine))
  if (differs) {
    console.error(
      'The rows that are kept were measured on another machine, or with another limit: --fresh begins anew.'
    )
    process.exitCode = 2
    return
  }
  /** @type {MeasuredVersion[]} */
  const measured = []
  for (const { commit, title } of asked) {
    const options = { instances: INSTANCES, seeds, limitSeconds, threads, say: console.error }
    measured.push(await measureVersion(commit, title, options))
  }
  const again = new Set(measured.map(({ commit }) => commit))
  const report = versionsReport.parse({
    schemaVersion: 1,
    ...surroundings,
    ...{ threads, limitSeconds },
    measured: [...(former?.measured ?? []).filter(({ commit }) => !again.has(commit)), ...measured].sort(
      (left, right) => Date.parse(left.date) - Date.parse(right.date)
    )
  })
  console.log(renderVersions(report))
  if (!dry) keepResults('versions', report)
}
