import { type Command, Option } from 'commander'
import { InputError } from '../../models/contract/parse.js'
import type { Problem } from '../../models/contract/problem.js'
import type { Result } from '../../models/contract/result.js'
import type { SolverChoice } from '../options.js'
import { isClosed } from '../report/capacity/gap-words.js'
import { renderDifference } from '../report/text/compare.js'
import { formatMoney } from '../report/text/numbers.js'
import { moreEffort } from '../result/hints.js'
import { type Revision, revise } from '../review/revise/revise.js'
import {
  addPlacementOptions,
  gapOption,
  jsonOption,
  outputOption,
  problemArgument,
  quietOption,
  resultArgument,
  seedOption,
  threadsOption,
  timeLimitOption,
  workLimitOption
} from './command-options.js'
import { UsageError } from './failure.js'
import { interruptOnSignal } from './interrupt.js'
import { nameResult, readMatching } from './matching-files.js'
import { blameOptions } from './option-faults.js'
import { collect, givenOf, readOutput } from './option-values.js'
import { checkOutputs, writeWhole } from './output.js'
import { displayProgress } from './progress.js'
import { deliverResult, type ResultOptions } from './result-output.js'
import { chooseStyle } from './terminal.js'

const REVISE_HELP = `
Examples:
  $ replica-compactor revise cluster.json result.json --reject llama-70b-0 -o revised.json
  $ replica-compactor revise cluster.json revised.json --accept chat-1,chat-4 --pin db-0 -o revised.json
  $ replica-compactor revise cluster.json result.json --accept-all --reject chat-2

  --accept   the replica ends on the node that RESULT gives it
  --reject   the replica does not come to that node; nor does another of its deployment in its stead
  --pin      the replica stays where it is
Each takes ids of replicas, separated by commas, and may be given again.

What nobody decided on stays as it is in RESULT unless it pays to change it. Decisions are kept in the Result that is
written (explanation.decisions), and hold on when that is revised. So do --max-migrations and --max-move-cost of RESULT
(solve.budget), until others are given. The bound of the Result is one for all placements, whatever was decided: a quick
one, that of the certificate which plan --certificate made for RESULT or, with --trust-bound, the one that RESULT states.
A RESULT of plan --executable-on ray is refused: Ray moves whole nodes, and no single replica.
Ctrl-C gives the best so far. Exit code 3 when decisions cannot hold together.

With --json, and in FILE of -o: the Result, as plan gives it. In FILE of --revision: { "schemaVersion",
"kind": "revision", "problem": { "name", "fingerprint" }, "result", "decisions": all of them, "boundSource": "computed",
"certificate" or "stated", "underDecisions": { "total", "gap" }: what is proven of plans that obey, "difference": as
compare gives it }; the last two are null where nothing obeys.`

/** A process of its own has to load its solver first. */
const DEFAULT_REVISE_SECONDS = 5

interface ReviseCommandOptions extends ResultOptions {
  readonly accept?: readonly string[]
  readonly acceptAll?: boolean
  readonly reject?: readonly string[]
  readonly pin?: readonly string[]
  readonly forget?: readonly string[]
  readonly timeLimit?: number
  readonly workLimit?: number
  readonly gap?: number
  readonly maxMigrations?: number
  readonly maxMoveCost?: number
  readonly solver?: SolverChoice
  readonly threads?: number
  readonly seed: number
  readonly trustBound?: boolean
  readonly revision?: string
  readonly quiet?: boolean
}

/** Adds `revise`. */
export function addReviseCommand(program: Command): void {
  const command = program
    .command('revise')
    .summary('decide on single moves of a plan, and solve again from there')
    .description('Solves the cluster in PROBLEM again from the plan in RESULT, with decisions on single moves of it.')
    .addArgument(problemArgument())
    .addArgument(resultArgument('plan, sequence or revise gave'))
    .addOption(idsOption('--accept <R>', 'replicas that make their moves'))
    .option('--accept-all', 'accept every move that is neither rejected nor pinned')
    .addOption(idsOption('--reject <R>', 'replicas that do not make their moves'))
    .addOption(idsOption('--pin <R>', 'replicas that stay where they are'))
    .addOption(idsOption('--forget <R>', 'replicas of which earlier decisions are forgotten'))
    .addOption(timeLimitOption('wall time of solving (default: 5, none with --work-limit)'))
    .addOption(workLimitOption('plan'))
    .addOption(gapOption('stop when so close to the optimum is proven (default: 0.0001)'))
  addPlacementOptions(command, 'auto')
    .addOption(threadsOption())
    .addOption(seedOption())
    .option('--trust-bound', 'believe the bound that RESULT states, also without a certificate')
    .addOption(jsonOption('the Result'))
    .addOption(outputOption('the Result as JSON'))
    .addOption(
      new Option(
        '--revision <FILE>',
        'write the Result with what differs and what is proven under the decisions to FILE, as JSON'
      ).argParser(readOutput)
    )
    .addOption(quietOption())
    .addHelpText('after', REVISE_HELP)
    .action(runRevise)
}

function idsOption(flags: string, what: string): Option {
  return new Option(flags, what).argParser(collect)
}

async function runRevise(problemPath: string, resultPath: string, options: ReviseCommandOptions): Promise<void> {
  await checkOutputs({ '-o': options.output, '--revision': options.revision }, [problemPath])
  const { problem, result } = await readMatching(problemPath, resultPath)
  const progress = options.quiet === true ? undefined : displayProgress(process.stderr)
  const interrupt = new AbortController()
  const stopListening = interruptOnSignal(() => {
    progress?.end()
    interrupt.abort()
  })
  const { timeLimit, gap, workLimit, maxMigrations, maxMoveCost, solver, threads, seed, trustBound } = options
  try {
    const revision = await revise(problem, result, readVerdicts(problem, result, options), {
      ...givenOf({ workLimit, maxMigrations, maxMoveCost, solver, threads, trustBound }),
      ...(timeLimit === undefined && workLimit !== undefined
        ? {}
        : { timeLimitMs: (timeLimit ?? DEFAULT_REVISE_SECONDS) * 1000 }),
      ...(gap === undefined ? {} : { relativeGap: gap }),
      ...(progress && { onProgress: progress.show }),
      interrupt: interrupt.signal,
      seed
    })
    progress?.end()
    await deliverResult(problem, revision.result, options, describeRevision(revision))
    if (options.revision !== undefined) await writeWhole(options.revision, `${JSON.stringify(revision, null, 2)}\n`)
  } catch (error) {
    throw blame(error, resultPath)
  } finally {
    progress?.end()
    stopListening()
  }
}

/** What differs from the plan of before. */
function describeRevision({ difference, result, underDecisions }: Revision): string {
  if (difference === null) return ''
  const style = chooseStyle(process.stdout, process.env)
  const heading = style.strong('Against the plan of before')
  return `${heading}\n\n${renderDifference(difference, style)}${describeOpen(result, underDecisions)}`
}

/** How much of what a decision seems to cost may be for want of searching. */
function describeOpen({ objective }: Result, under: Revision['underDecisions']): string {
  if (objective === undefined || under === null || isClosed(under.gap)) return ''
  const least = formatMoney(under.total)
  return `\nUnder the decisions nothing is proven to cost less than ${least}, and ${formatMoney(objective.total)} was found: ${moreEffort('find better')}.\n`
}

/** Ids as they are given: one that has commas is taken as it is where there is such a replica. */
function readVerdicts(
  { replicas }: Problem,
  { placement }: Result,
  { accept, acceptAll, reject, pin, forget }: ReviseCommandOptions
) {
  const known = new Set([...replicas.map(({ id }) => id), ...placement.map(({ replica }) => replica)])
  const split = (values: readonly string[] = []) =>
    values.flatMap((value) => (known.has(value) ? [value] : value.split(',').filter((id) => id !== '')))
  const lists = { accept: split(accept), reject: split(reject), pin: split(pin), forget: split(forget) }
  if (acceptAll !== true && Object.values(lists).every((list) => list.length === 0))
    throw new UsageError('found no decision, expected --accept, --accept-all, --reject, --pin or --forget')
  return { ...lists, ...(acceptAll === true && { acceptAll }) }
}

function blame(error: unknown, resultPath: string): unknown {
  if (!(error instanceof InputError)) return error
  if (error.subject === 'options') return blameOptions(error)
  if (error.subject !== 'decisions') return nameResult(error, resultPath)
  const lines = error.issues.map(
    ({ path, found, expected }) => `--${path.replace(/\[\d+\]$/, '')}: found ${found}, expected ${expected}`
  )
  return new UsageError(lines.join('\n  '))
}
