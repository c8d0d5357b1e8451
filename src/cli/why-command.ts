import type { Command } from 'commander'
import type { QuestionOptions } from '../capacity/question/options.js'
import { renderWhy } from '../report/text/why.js'
import { type WhyAnswer, why } from '../review/why/why.js'
import { deliverAnswer } from './answer-output.js'
import { whileAsking } from './asking.js'
import {
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
import { exitCodes, UsageError } from './failure.js'
import { nameResult, readMatching } from './matching-files.js'
import { DEFAULT_SECONDS, remainingMs } from './option-values.js'
import { checkOutputs } from './output.js'

interface WhyCommandOptions {
  readonly node?: string
  readonly replica?: string
  readonly timeLimit?: number
  readonly workLimit?: number
  readonly threads?: number
  readonly seed: number
  readonly json?: boolean
  readonly output?: string
  readonly quiet?: boolean
}

const HELP = `
Examples:
  $ replica-compactor why cluster.yaml result.json                     why nodes stay, and what would free the dearest
  $ replica-compactor why cluster.yaml result.json --node gpu-7        what keeps gpu-7, and the cheapest change that frees it
  $ replica-compactor why cluster.yaml result.json --replica chat-3    why chat-3 moves or stays, and what the contrary costs
  $ replica-compactor plan cluster.yaml --json > result.json; replica-compactor why cluster.yaml result.json
                                                        of a problem without an answer: what contradicts, and ways out

A change is one thing in PROBLEM that gives way: migrations of the budget, capacity of a node, the number of a rule, a pin,
a selector, surge, a rung of the ladder, headroom, the gate … Those that seem in the way are tried, the most promising
first. Each is solved, from the plan in RESULT and with the node to be emptied, and its plan passes the checker.
The best is the one after which the cluster is cheapest; of equal ones the smallest. "less is proven not to do" says
that a smaller step was solved, too, and cannot; "less may do" says that nothing is known of it. What is proven not to
help, what got no answer and what there was no time for is listed.

With --json, and in FILE: { "kind": "why-node" | "why-replica" | "why-cluster" | "why-infeasible", "problem", … }. A priced change is
{ "kind", "words", "edits": [{ "path", "from", "to" }], "amount", "isSmallest", "savesPerHour", "costPerHour", "total",
"migrations", "moveCost", "makespanSeconds", "bound", "gap" }; beside "changes" there are "refuted", "undecided", "untried".
Of a problem without an answer: "conflicts": [{ "parts": [{ "path", "message", "needed" }], "isProven" }], "changes", "combined".

A RESULT of plan --executable-on ray is refused: a change that frees a node elsewhere may free none there.

Exit codes: 0 answered; 2 no such node or replica, a RESULT of another PROBLEM, or one that is refused or verify refuses;
3 answered, and PROBLEM is infeasible.`

/** `why PROBLEM RESULT`: options, help and action. */
export function addWhyCommand(program: Command): void {
  program
    .command('why')
    .summary('why nodes stay and replicas move, and what would change it')
    .description(
      'Says why RESULT is as it is, and what the cheapest single change to PROBLEM is that would make it better.'
    )
    .addArgument(problemArgument())
    .addArgument(resultArgument('plan, sequence or revise gave for it'))
    .option('--node <ID>', 'what keeps this node, and what would free it')
    .option('--replica <ID>', 'why this replica moves or stays, and what the contrary would cost')
    .addOption(timeLimitOption('wall time of the whole call (default: 10, none with --work-limit)'))
    .addOption(workLimitOption('answer'))
    .addOption(threadsOption())
    .addOption(seedOption())
    .addOption(jsonOption('the answer'))
    .addOption(outputOption('the answer as JSON'))
    .addOption(quietOption())
    .addHelpText('after', HELP)
    .action(runWhy)
}

async function runWhy(problemPath: string, resultPath: string, options: WhyCommandOptions): Promise<void> {
  const { node, replica, json, output, quiet = false } = options
  if (node !== undefined && replica !== undefined) throw new UsageError('--node and --replica: expected one of the two')
  await checkOutputs({ '-o': output }, [problemPath, resultPath])
  const { problem, result } = await readMatching(problemPath, resultPath)
  await whileAsking(quiet, async (common, stopProgress) => {
    const answer = await why(problem, result, {
      ...limitsOf(options),
      ...(node === undefined ? {} : { node }),
      ...(replica === undefined ? {} : { replica }),
      ...common
    }).catch((error) => {
      throw nameResult(error, resultPath)
    })
    stopProgress()
    process.exitCode = answer.kind === 'why-infeasible' ? exitCodeOf(answer) : exitCodes.feasible
    await deliverAnswer(answer, (said, style) => renderWhy(said, result, style), { json, output })
  })
}

function limitsOf({ timeLimit, workLimit, threads, seed }: WhyCommandOptions): QuestionOptions {
  const limit = timeLimit ?? (workLimit === undefined ? DEFAULT_SECONDS : undefined)
  return {
    ...(limit === undefined ? {} : { timeLimitMs: remainingMs(limit) }),
    ...(workLimit === undefined ? {} : { workLimit }),
    ...(threads === undefined ? {} : { threads }),
    seed
  }
}

function exitCodeOf({ conflicts }: Extract<WhyAnswer, { kind: 'why-infeasible' }>): number {
  return conflicts.some(({ isProven }) => isProven) ? exitCodes.infeasible : exitCodes.nothingFound
}
