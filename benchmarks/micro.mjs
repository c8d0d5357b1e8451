/** `npm run micro`: how long parts of the package take, each alone, and whether they became slower. */
import { existsSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { parseArgs } from 'node:util'
import { UsageError as InputFault } from '../dist/src/cli/failure.js'
import { chooseClock } from './micro/clock.mjs'
import { compareRecords } from './micro/compare.mjs'
import { describeDifferences, findDifferences } from './micro/conditions.mjs'
import { Measurement, ROUNDS } from './micro/measure.mjs'
import { readRecord } from './micro/record.mjs'
import { renderComparison, renderRecord } from './micro/table.mjs'
import { tasks } from './micro/tasks.mjs'
import { readPattern } from './option-values.mjs'
import { describeSurroundings } from './surroundings.mjs'
import { runCommandLine, UsageError } from './usage-error.mjs'

/** @import { Comparison } from './micro/compare.mjs' */
/** @import { Conditions } from './micro/conditions.mjs' */
/** @import { MicroRecord } from './micro/record.mjs' */

const kept = new URL('results/micro.json', import.meta.url)

const HELP = `Usage: npm run micro -- [options]

Measures parts of the built package, each alone: reading and compiling a Problem, writing its program, greedy, pricing, packing
devices, ordering a migration, checking. Each on instances of different size, always with the same work. Prints for each task the
median, the quartiles and the noise between rounds, in milliseconds of processor time: what others do on the machine meanwhile is
not counted, and still slows down. Five minutes on a machine with nothing else to do.

Has a change made anything slower?
  npm run micro -- -o before.json         before the change
  npm run micro -- --compare before.json  after it
A task became slower when its median, corrected by how fast the machine is now, is higher by more than the margin: twice the noise of
both records, and 5 % at least. What looks slower is measured in ${ROUNDS} more rounds before that is said.

Options:
  --only PATTERN     the tasks whose name matches this regular expression, such as 'greedy|dense-100'
  --quick            the small instance of each part alone: two minutes
  -o, --output FILE  write the record, as JSON
  --compare FILE     compare with a former record, measured on a machine like this one
  --with FILE        with --compare: measure nothing, compare this record with the former one
  --keep             write the record to benchmarks/results/micro.json; only of all tasks
  --list             print the names of the tasks, measure nothing
  --help

Exit code 1 when a task became slower; 2 when nothing can be said: the machines are unlike, a file is no record, an option is wrong,
a task fails.
`

await runCommandLine(run, HELP).catch((/** @type {any} */ error) => {
  console.error(error instanceof InputFault ? error.message : (error?.stack ?? error))
  // 1 would say that a task became slower.
  process.exitCode = 2
})

async function run() {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      quick: { type: 'boolean', default: false },
      output: { type: 'string', short: 'o' },
      compare: { type: 'string' },
      with: { type: 'string' },
      keep: { type: 'boolean', default: false },
      list: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false }
    }
  })
  const { output, compare, with: other, keep } = values
  if (values.help) return console.log(HELP)
  const isChosen = choose(values)
  const names = tasks.map(({ name }) => name).filter(isChosen)
  if (values.list) return console.log(names.join('\n'))
  const isPart = names.length < tasks.length || other !== undefined
  if (keep && isPart) throw new UsageError('--keep is for all tasks: without --only, --quick and --with')
  if (other !== undefined && compare === undefined) throw new UsageError('--with needs --compare')
  if (other === undefined && names.length === 0) throw new UsageError(`--only ${values.only} matches none of the tasks`)
  // Not after five minutes.
  if (output !== undefined && !existsSync(dirname(output)))
    throw new UsageError(`-o ${output}: its folder is not there`)

  const former = compare === undefined ? undefined : await readRecord(compare)
  const given = other === undefined ? undefined : await readRecord(other)
  const conditions = given ?? describeConditions()
  const differences = former === undefined ? [] : findDifferences(former, conditions)
  if (former !== undefined && differences.length > 0) {
    throw new InputFault(describeDifferences(differences, former))
  }
  const record = given ?? measureTasks(names, conditions, former)
  const text = `${JSON.stringify(record, null, 2)}\n`
  if (output !== undefined) writeFileSync(output, text)
  if (keep) writeFileSync(kept, text)
  if (given === undefined) console.log(`${renderRecord(record)}\n`)
  if (former === undefined) return
  const only = (/** @type {MicroRecord} */ one) => ({ ...one, tasks: one.tasks.filter(({ name }) => isChosen(name)) })
  const comparison = compareRecords(only(former), only(record))
  console.log(renderComparison(comparison, former))
  if (comparison.lines.length === 0) process.exitCode = 2
  else if (namesOfSlower(comparison).length > 0) process.exitCode = 1
}

/** Which tasks are meant, by their names: also those that only a file knows. @type {(values: { only?: string, quick: boolean }) => (name: string) => boolean} */
function choose({ only = '', quick }) {
  const pattern = readPattern('--only', only)
  const large = new Set(tasks.flatMap(({ name, size }) => (size === 'large' ? [name] : [])))
  return (name) => pattern.test(name) && !(quick && large.has(name))
}

/** @returns {Conditions & { date: string }} */
function describeConditions() {
  const { machine, ...others } = describeSurroundings()
  return { ...others, machine: { ...machine, architecture: process.arch }, clock: chooseClock() }
}

/**
 * Measures tasks, and those that look slower than in the former record in as many rounds again: noise is seldom so twice.
 *
 * @type {(names: readonly string[], conditions: ReturnType<typeof describeConditions>, former?: MicroRecord) => MicroRecord}
 */
function measureTasks(names, conditions, former) {
  const measurement = new Measurement(conditions.clock)
  const tell = (/** @type {number} */ round) => console.error(`round ${round} of ${ROUNDS} …`)
  measurement.takeRounds(names, tell)
  const suspects = former === undefined ? [] : namesOfSlower(compareRecords(former, measurement.figures))
  if (suspects.length > 0) {
    console.error(`measured again, as they look slower: ${suspects.join(', ')}`)
    measurement.takeRounds(suspects, tell)
  }
  return { schemaVersion: 1, ...conditions, ...measurement.figures }
}

/** @type {(comparison: Comparison) => string[]} */
function namesOfSlower({ lines }) {
  return lines.filter(({ verdict }) => verdict === 'slower').map(({ name }) => name)
}
