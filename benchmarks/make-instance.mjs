/** Makes an instance of a family, or several copies of one that is there, as a Problem file. */
import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { makeDense } from './families/dense.mjs'
import { repeatProblem } from './families/repeat.mjs'
import { makeSynthetic } from './families/synthetic.mjs'
import { makeTight } from './families/tight.mjs'

const HELP = `Usage: node benchmarks/make-instance.mjs dense     --nodes N [--seed N] [-o FILE]
       node benchmarks/make-instance.mjs synthetic --nodes N [--seed N] [-o FILE]
       node benchmarks/make-instance.mjs tight     --nodes N [--seed N] [-o FILE] [--placement FILE]
       node benchmarks/make-instance.mjs repeat PROBLEM --times N [-o FILE]

dense      some five replicas on every node, and a budget of a quarter of them
synthetic  few replicas on every node, many of them with GPUs, no budget
tight      nodes that are 92 % full, and another placement: five moves a node, one in five on a cycle
repeat     the cluster of PROBLEM, a JSON file, so many times over, with prefixed ids

The same nodes and seed give the same Problem everywhere.

Options:
  --nodes N
  --seed N           default 1
  --times N
  -o, --output FILE  default: standard output
  --placement FILE   where the other placement of tight goes; what its moves are, the Problem says in its source
  --help
`

/** What was asked for is not what this command can make. */
class UsageError extends Error {}

try {
  run()
} catch (error) {
  const isUsage = error instanceof UsageError || String(/** @type {any} */ (error)?.code).startsWith('ERR_PARSE_ARGS_')
  if (!isUsage) throw error
  console.error(`${/** @type {Error} */ (error).message}\n\n${HELP}`)
  process.exitCode = 2
}

function run() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      nodes: { type: 'string' },
      seed: { type: 'string', default: '1' },
      times: { type: 'string' },
      output: { type: 'string', short: 'o' },
      placement: { type: 'string' },
      help: { type: 'boolean', default: false }
    }
  })
  if (values.help) {
    console.log(HELP)
    return
  }
  const text = `${JSON.stringify(makeProblem(positionals, values))}\n`
  if (values.output === undefined) process.stdout.write(text)
  else writeFileSync(values.output, text)
}

/** @type {(positionals: readonly string[], values: { nodes?: string, seed: string, times?: string, placement?: string }) => unknown} */
function makeProblem([kind, file, ...rest], { nodes, seed, times, placement }) {
  if (rest.length > 0) throw new UsageError(`too much: ${rest.join(' ')}`)
  if (kind === 'repeat') {
    if (file === undefined) throw new UsageError('which PROBLEM is to be repeated?')
    return repeatProblem(JSON.parse(readFileSync(file, 'utf8')), readCount('--times', times))
  }
  if (placement !== undefined && kind !== 'tight') throw new UsageError('--placement is for tight alone')
  if (file !== undefined) throw new UsageError(`too much: ${file}`)
  if (kind === 'dense') return makeDense(readCount('--nodes', nodes), readCount('--seed', seed))
  if (kind === 'synthetic') return makeSynthetic(readCount('--nodes', nodes), readCount('--seed', seed))
  if (kind === 'tight') {
    const made = makeTight(readCount('--nodes', nodes), readCount('--seed', seed))
    if (placement !== undefined) writeFileSync(placement, `${JSON.stringify(made.placement)}\n`)
    return made.problem
  }
  throw new UsageError(kind === undefined ? 'which family?' : `there is no family ${kind}`)
}

/** @type {(option: string, text: string | undefined) => number} */
function readCount(option, text) {
  const count = Number(text)
  if (!Number.isSafeInteger(count) || count < 1) throw new UsageError(`${option} must be a whole number from 1 on`)
  return count
}
