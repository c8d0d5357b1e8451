/** `npm run versions`: commits of this package beside each other, on the same instances in the same time. */
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { keepResults, readResults } from './results-page.mjs'
import { describeSurroundings } from './surroundings.mjs'
import { measureVersion } from './versions/measure-version.mjs'
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

const asked = positionals.map((text) => /^([^=]+)=(.+)$/.exec(text))
if (values.help) console.log(HELP)
else if (asked.length === 0 || asked.includes(null)) {
  console.error(`which COMMIT=TITLE?\n\n${HELP}`)
  process.exitCode = 2
} else await run()

async function run() {
  const threads = Math.min(8, availableParallelism())
  const limitSeconds = Number(values.limit)
  const kept = values.fresh ? undefined : readResults('versions')
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
  for (const match of asked) {
    const [, commit = '', title = ''] = match ?? []
    const options = { instances: INSTANCES, seeds: Number(values.seeds), limitSeconds, threads, say: console.error }
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
  if (!values.dry) keepResults('versions', report)
}
