import type { Command } from 'commander'
import { InputError } from '../../models/contract/parse.js'
import { renderAlternatives } from '../report/text/alternatives.js'
import { alternatives } from '../review/alternatives/alternatives.js'
import { type AnswerOutput, deliverAnswer } from './answer-output.js'
import { jsonOption, outputOption, problemArgument, resultArgument, timeLimitOption } from './command-options.js'
import { UsageError } from './failure.js'
import { nameResult, readMatching } from './matching-files.js'
import { givenOf, numberIn } from './option-values.js'
import { checkOutputs } from './output.js'

const ALTERNATIVES_HELP = `
Examples:
  $ replica-compactor alternatives cluster.json result.json llama-70b-0
  $ replica-compactor alternatives cluster.json result.json llama-70b-0 --limit 1000 --json

A RESULT of plan --executable-on ray is refused: Ray chooses the node of a replica itself.
All other replicas end as RESULT says. The first few nodes are tried: whether a safe order of moves leads there.
With --json, and in FILE: { "schemaVersion", "kind": "alternatives", "problem": { "name", "fingerprint" }, "replica",
"deployment", "now", "planned", "possible": [{ "node", "costPerHour", "costDifference", "migrations", "moreMigrations",
"devices", "reachable": "yes", "no" or "unchecked", … }], cheapest first, "forbidden": [{ "node", "limits": [{ "code",
"resource", "path", "amount", "message" }] }], nearest to being possible first, "counts" }.`

interface AlternativesCommandOptions extends AnswerOutput {
  readonly limit: number
  readonly check?: number
  readonly timeLimit?: number
}

/** Adds `alternatives`. */
export function addAlternativesCommand(program: Command): void {
  const whole = numberIn({ whole: true })
  program
    .command('alternatives')
    .summary('where else a replica could be, and what that would cost')
    .description('Ranks the nodes on which REPLICA could be in the end, all others as planned in RESULT.')
    .addArgument(problemArgument())
    .addArgument(resultArgument('plan, sequence or revise gave'))
    .argument('<REPLICA>', 'id of the replica')
    .option('--limit <N>', 'nodes that are listed at most, possible and forbidden ones each', whole, 10)
    .option('--check <N>', 'possible nodes that are tried at most: whether they can be reached (default: 3)', whole)
    .addOption(timeLimitOption('wall time of the answer: nodes are tried no longer (default: 1)'))
    .addOption(jsonOption('the answer'))
    .addOption(outputOption('the answer as JSON'))
    .addHelpText('after', ALTERNATIVES_HELP)
    .action(runAlternatives)
}

async function runAlternatives(
  problemPath: string,
  resultPath: string,
  replica: string,
  { limit, check, timeLimit, json, output }: AlternativesCommandOptions
): Promise<void> {
  await checkOutputs({ '-o': output }, [problemPath, resultPath])
  const { problem, result } = await readMatching(problemPath, resultPath)
  try {
    const answer = await alternatives(problem, result, replica, {
      limit,
      ...givenOf({ check }),
      ...(timeLimit === undefined ? {} : { timeLimitMs: timeLimit * 1000 })
    })
    await deliverAnswer(answer, renderAlternatives, { json, output })
  } catch (error) {
    if (error instanceof InputError && error.subject === 'replica')
      throw new UsageError(
        error.issues.map(({ found, expected }) => `REPLICA: found ${found}, expected ${expected}`).join('\n  ')
      )
    throw nameResult(error, resultPath)
  }
}
