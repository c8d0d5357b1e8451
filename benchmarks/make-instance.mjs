/** Makes an instance of a family, or another one of an instance that is there, as a Problem file. */
import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { parseProblem } from 'replica-compactor'
import { makeDense } from './families/dense.mjs'
import { makeKnobs } from './families/knobs.mjs'
import { makeLoad } from './families/load.mjs'
import { repeatProblem } from './families/repeat.mjs'
import { makeSynthetic } from './families/synthetic.mjs'
import { makeTight } from './families/tight.mjs'
import { runCommandLine, UsageError } from './usage-error.mjs'

/** @import { Knobs } from './families/knobs.mjs' */

const HELP = `Usage: node benchmarks/make-instance.mjs dense     --nodes N [--seed N] [-o FILE]
       node benchmarks/make-instance.mjs synthetic --nodes N [--seed N] [-o FILE]
       node benchmarks/make-instance.mjs tight     --nodes N [--seed N] [-o FILE] [--placement FILE]
       node benchmarks/make-instance.mjs knobs     [--nodes N] [--seed N] [knobs] [-o FILE]
       node benchmarks/make-instance.mjs load PROBLEM --gpu-load SHARE [--seed N] [-o FILE]
       node benchmarks/make-instance.mjs repeat PROBLEM --times N [-o FILE]

dense      some five replicas on every node, and a budget of a quarter of them
synthetic  few replicas on every node, many of them with GPUs, no budget
tight      nodes that are 92 % full, and another placement: five moves a node, one in five on a cycle
knobs      100 nodes, or as many as are told, of which one property at a time can be turned up
load       the cluster of PROBLEM, a JSON file, with so much running on its GPUs: replicas are taken away by chance,
           or copies added, each on the least allocated node
repeat     the cluster of PROBLEM, a JSON file, so many times over, with prefixed ids

The same options give the same Problem everywhere.

Options:
  --nodes N
  --seed N           default 1
  --times N
  --gpu-load SHARE   demand for GPUs over all GPUs there are: above 0, at most 1
  -o, --output FILE  default: standard output
  --placement FILE   where the other placement of tight goes; what its moves are, the Problem says in its source
  --help

Knobs:
  --utilisation SHARE    of the scarcest resource that is used, default 0.5
  --fragmentation SHARE  0: all that runs is on few nodes, 1: spread evenly over all; default 0.5
  --gpu-share SHARE      of the replicas that want GPUs, some of them a part of one, default 0.5
  --heterogeneity N      types of nodes, 1 to 12, and as many more deployments, default 3
  --budget SHARE         of the replicas that may migrate, default: no budget
`

/** Which options each family takes, beside those that all take. @type {Record<string, readonly string[]>} */
const FAMILIES = {
  dense: ['nodes', 'seed'],
  synthetic: ['nodes', 'seed'],
  tight: ['nodes', 'seed', 'placement'],
  knobs: ['nodes', 'seed', 'utilisation', 'fragmentation', 'gpu-share', 'heterogeneity', 'budget'],
  load: ['gpu-load', 'seed'],
  repeat: ['times']
}
const OF_AN_INSTANCE = ['load', 'repeat']

/** @typedef {Partial<Record<string, string>>} Given Options as they were written. */

await runCommandLine(run, HELP)

function run() {
  const own = [...new Set(Object.values(FAMILIES).flat())]
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      ...Object.fromEntries(own.map((option) => [option, { type: /** @type {const} */ ('string') }])),
      output: { type: 'string', short: 'o' },
      help: { type: 'boolean', default: false }
    }
  })
  const { help, output, ...given } = /** @type {{ help: boolean, output?: string } & Given} */ (values)
  if (help) {
    console.log(HELP)
    return
  }
  const text = `${JSON.stringify(makeProblem(positionals, given))}\n`
  if (output === undefined) process.stdout.write(text)
  else write(output, text)
}

/** @type {(positionals: readonly string[], given: Given) => unknown} */
function makeProblem([family, file, ...rest], given) {
  if (family === undefined) throw new UsageError('which family?')
  if (!Object.hasOwn(FAMILIES, family)) throw new UsageError(`there is no family ${family}`)
  for (const option of Object.keys(given)) {
    if (!FAMILIES[family]?.includes(option)) throw new UsageError(`--${option} is not for ${family}`)
  }
  const needsFile = OF_AN_INSTANCE.includes(family)
  const surplus = needsFile || file === undefined ? rest : [file, ...rest]
  if (surplus.length > 0) throw new UsageError(`too much: ${surplus.join(' ')}`)
  if (!needsFile) return makeOfNothing(family, given)
  if (file === undefined) throw new UsageError(`${family} is made of another instance: which PROBLEM?`)
  const original = readProblem(file)
  if (family === 'repeat') return repeatProblem(original, readCount('times', given))
  return makeLoad(original, { gpuLoad: readNumber('gpu-load', given), seed: readCount('seed', given) })
}

/** As it is written, once it is known to be a Problem. @type {(file: string) => any} */
function readProblem(file) {
  try {
    const written = JSON.parse(readFileSync(file, 'utf8'))
    parseProblem(written)
    return written
  } catch (error) {
    throw new UsageError(`${file} is no Problem: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** @type {(file: string, text: string) => void} */
function write(file, text) {
  try {
    writeFileSync(file, text)
  } catch (error) {
    throw new UsageError(`${file} cannot be written: ${String(error)}`)
  }
}

/** @type {(family: string, given: Given) => unknown} */
function makeOfNothing(family, given) {
  if (family === 'knobs') return makeKnobs(readKnobs(given))
  const [nodes, seed] = [readCount('nodes', given), readCount('seed', given)]
  if (family === 'dense') return makeDense(nodes, seed)
  if (family === 'synthetic') return makeSynthetic(nodes, seed)
  const { problem, placement } = makeTight(nodes, seed)
  if (given.placement !== undefined) write(given.placement, `${JSON.stringify(placement)}\n`)
  return problem
}

/** makeKnobs says what each of them may be. @type {(given: Given) => Partial<Knobs>} */
function readKnobs(given) {
  const options = Object.keys(given)
  return Object.fromEntries(
    options.map((option) => [option === 'gpu-share' ? 'gpuShare' : option, readNumber(option, given)])
  )
}

/** @type {(option: string, given: Given) => number} */
function readNumber(option, given) {
  const text = given[option] ?? ''
  const value = text.trim() === '' ? Number.NaN : Number(text)
  if (Number.isNaN(value)) throw new UsageError(`--${option} must be a number`)
  return value
}

/** @type {(option: string, given: Given) => number} */
function readCount(option, given) {
  const count = Number(given[option] ?? (option === 'seed' ? '1' : ''))
  if (!Number.isSafeInteger(count) || count < 1) throw new UsageError(`--${option} must be a whole number from 1 on`)
  return count
}
