/** What the user asks of `npm run bench`, read and checked. */
import { existsSync, readdirSync, statSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { basename, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { readCount, readNumber, readPattern } from '../option-values.mjs'
import { UsageError } from '../usage-error.mjs'
import { full, quick, withGiven } from './suites.mjs'

/** @import { Entry, Stage } from './suites.mjs' */

/**
 * @typedef {object} BenchOptions
 * @property {'help' | 'page' | 'list' | 'run'} task
 * @property {string} suite full or quick: the name of the journal.
 * @property {string} words The same, with what was chosen of it.
 * @property {readonly Stage[]} stages
 * @property {RegExp} contestants
 * @property {number} gap
 * @property {number} cores
 * @property {string} output
 * @property {boolean} fresh
 * @property {boolean} keep
 */

const KEPT = fileURLToPath(new URL('../results', import.meta.url))

export const HELP = `Usage: npm run bench -- [options]

Compares this engine and its parts with other solvers on every formulation they can take, and with the policies of other
systems, and draws a page of it: bench-results/bench.html, and the record it is drawn from, bench.json, beside it.

Three experiments: race (everybody on every instance for the same time), savings (what policies and this engine save on
a production cluster, its replicas placed by simulation, by load and migration budget) and sizes (how the time to a
proven gap grows with the cluster).
Every answer is checked before it counts; turning an instance into a program is outside the clock.
Killed or stopped, it goes on where it was when it is started again with the same options; what other code did is run
again.

  npm run bench                                               some two hours on two cores; --list says how long
  npm run bench -- --quick                                    a look, within three minutes on two cores
  npm run bench -- --problems my-clusters/ --only '^given/'   the race on Problem files of your own alone
  npm run bench -- --experiment savings                       one of the experiments
  npm run bench -- --only dense --contestants '^cbc'          dense instances, this engine against cbc

Options:
  --quick              small instances and short limits
  --experiment NAME    race, savings or sizes; may be given several times
  --problems FOLDER    race on every Problem in FOLDER, too, *.json or *.yaml, named given/FOLDER/FILE; may be given
                       several times. All are compared by cost: without objective.horizonHours, gate, best-effort
  --only PATTERN       the instances whose name matches this regular expression
  --contestants PATTERN  who competes: names that match this regular expression (--list prints them); this engine does
  --limit SECONDS      for every run of the race and of savings, instead of their own
  --seeds N            so many seeds, for those that use one
  --gap SHARE          where all of race and savings may stop, default 0.0001
  --cores N            default: all; fewer need taskset
  --output FOLDER      default: bench-results
  --fresh              throw away what an unfinished run has left
  --keep               of the whole suite: write record and page into benchmarks/results/, the tables into RESULTS.md,
                       savings and their picture into README.md and docs/, as a release does
  --page               measure nothing, draw the page again from the record in the output folder
  --list               print what would run, and how long it may take
  --help

Exit codes: 0 · 1 this engine answered wrongly or broke down, or the benchmark did · 2 wrong usage · 130 stopped
`

/** @type {(args: readonly string[]) => BenchOptions} */
export function readOptions(args) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      experiment: { type: 'string', multiple: true },
      problems: { type: 'string', multiple: true, default: [] },
      only: { type: 'string', default: '' },
      contestants: { type: 'string', default: '' },
      limit: { type: 'string' },
      seeds: { type: 'string' },
      gap: { type: 'string', default: '0.0001' },
      cores: { type: 'string', default: String(availableParallelism()) },
      output: { type: 'string' },
      fresh: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
      page: { type: 'boolean', default: false },
      list: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false }
    }
  })
  const suite = values.quick ? quick : full
  if (values.keep) checkWhole(values)
  return {
    task: values.help ? 'help' : values.page ? 'page' : values.list ? 'list' : 'run',
    suite: suite.name,
    words: describeSuite(suite.name, values),
    stages: chooseStages(suite.stages, values),
    contestants: readPattern('--contestants', values.contestants),
    gap: readNumber('--gap', values.gap, 0, 1),
    cores: readCount('--cores', values.cores, availableParallelism()),
    output: values.keep ? KEPT : resolve(values.output ?? 'bench-results'),
    fresh: values.fresh,
    keep: values.keep
  }
}

/** What is kept is the whole suite, and nothing but it; fewer or more seeds are as good. @type {(values: Record<string, unknown>) => void} */
function checkWhole({ quick, experiment, problems, only, contestants, limit, gap, output }) {
  const given = {
    quick,
    experiment,
    problems: String(problems),
    only,
    contestants,
    limit,
    gap: gap !== '0.0001',
    output
  }
  for (const [option, value] of Object.entries(given)) {
    if (value) throw new UsageError(`--keep is for the whole suite: without --${option}`)
  }
}

/** @type {(stages: readonly Stage[], values: { experiment?: string[], problems: string[], only: string, limit?: string, seeds?: string }) => Stage[]} */
function chooseStages(stages, { experiment, problems, only, limit, seeds }) {
  const known = stages.map((stage) => stage.experiment)
  for (const name of experiment ?? []) {
    if (!known.some((one) => one === name)) {
      throw new UsageError(`there is no experiment ${name}; there are: ${known.join(', ')}`)
    }
  }
  const pattern = readPattern('--only', only)
  const given = problems.flatMap(listProblems)
  for (const [index, { place }] of given.entries()) {
    if (given.findIndex((other) => other.place.name === place.name) === index) continue
    throw new UsageError(
      `--problems: there are two of ${place.name.replace('given/', '')}; rename one of them or its folder`
    )
  }
  if (given.length > 0 && experiment !== undefined && !experiment.includes('race')) {
    throw new UsageError('--problems are raced: add --experiment race, or leave --experiment out')
  }
  return withGiven(stages, given)
    .filter((stage) => experiment === undefined || experiment.includes(stage.experiment))
    .map((stage) => ({
      ...stage,
      instances: stage.instances.filter(({ place }) => pattern.test(place.name)),
      seeds: seeds === undefined ? stage.seeds : readCount('--seeds', seeds, 1000),
      limitSeconds:
        limit === undefined || stage.experiment === 'sizes'
          ? stage.limitSeconds
          : readNumber('--limit', limit, 0.1, 86_400)
    }))
}

/** @type {(folder: string) => string[]} */
function listFiles(folder) {
  try {
    return readdirSync(folder)
  } catch (error) {
    throw new UsageError(`--problems: ${folder} cannot be read: ${String(error)}`)
  }
}

/** @type {(folder: string) => Entry[]} */
function listProblems(folder) {
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw new UsageError(`--problems: there is no folder ${folder}`)
  const files = listFiles(folder).filter(
    (file) => /[^.].*\.(json|ya?ml)$/.test(file) && !/(^|\.)(known|placement|result)\.json$/.test(file)
  )
  if (files.length === 0) throw new UsageError(`--problems: there is no *.json or *.yaml in ${folder}`)
  return files.sort().map((file) => ({
    group: basename(resolve(folder)) || 'given',
    place: {
      folder: 'given',
      name: `given/${basename(resolve(folder))}/${file.replace(/(\.problem)?\.\w+$/, '')}`,
      file: resolve(folder, file)
    }
  }))
}

/** @type {(name: string, values: { experiment?: string[], problems: string[], only: string, contestants: string, limit?: string, seeds?: string }) => string} */
function describeSuite(name, { experiment, problems, only, contestants, limit, seeds }) {
  const parts = [
    ...(experiment === undefined ? [] : [experiment.join(' and ')]),
    ...(problems.length === 0 ? [] : [`with ${problems.map((folder) => basename(resolve(folder))).join(' and ')}`]),
    ...(only === '' ? [] : [`instances like ${only}`]),
    ...(contestants === '' ? [] : [`contestants like ${contestants}`]),
    ...(limit === undefined ? [] : [`${limit} s each`]),
    ...(seeds === undefined ? [] : [Number(seeds) === 1 ? '1 seed' : `${seeds} seeds`])
  ]
  return parts.length === 0 ? name : `${name}: ${parts.join(', ')}`
}
