// Aborts a sweep in its middle, and then has nothing more to do: it ends by itself, unless something was left behind.
import { readFileSync } from 'node:fs'
import { makeSweep, runSweep } from 'replica-compactor/capacity'
import { fileSweepJournal } from 'replica-compactor/sweep-journal'

const [problem, journal] = process.argv.slice(2)
const sweep = makeSweep(JSON.parse(readFileSync(problem, 'utf8')), {
  seeds: Array.from({ length: 40 }, (_, index) => index + 1),
  options: { workLimit: 1500 }
})
const stop = new AbortController()
const reason = new Error('enough')
const run = runSweep(sweep, {
  journal: fileSweepJournal(journal),
  concurrency: 2,
  signal: stop.signal,
  onRecord: () => stop.abort(reason)
})
const fault = await run.catch((error) => error)
process.stdout.write(
  JSON.stringify({
    isReason: fault === reason,
    left: process.getActiveResourcesInfo().filter((name) => /Worker|File/.test(name))
  })
)
