import type { Command } from 'commander'
import { renderDifference } from '../report/text/compare.js'
import { differenceBetween } from '../review/compare/compare-results.js'
import { type AnswerOutput, deliverAnswer } from './answer-output.js'
import { jsonOption, outputOption, problemArgument, resultArgument } from './command-options.js'
import { readMatching } from './matching-files.js'
import { checkOutputs } from './output.js'

const COMPARE_HELP = `
Examples:
  $ replica-compactor compare cluster.json before.json after.json
  $ replica-compactor compare cluster.json before.json after.json --json | jq .figures.costPerHour

Both must be Results of PROBLEM. Replicas of one deployment are interchangeable: what only has another name is told apart
from what ends elsewhere. Exit code 0 whether or not something differs; with --json, "same" says it.
With --json, and in FILE: { "schemaVersion", "kind": "difference", "problem": { "name", "fingerprint" }, "same",
"termination", "figures": { "costPerHour": { "before", "after" }, … }, "released", "bought", "counts": copies of a
deployment on a node, "replicas", "renamed", "devices", "moves", "headroom", "unplaced", "violations", "rungs" }; lists
have only what differs.`

/** Adds `compare`. */
export function addCompareCommand(program: Command): void {
  program
    .command('compare')
    .summary('what differs between two Results')
    .description('Says what differs between two Results of the cluster in PROBLEM: RESULT, and OTHER after it.')
    .addArgument(problemArgument())
    .addArgument(resultArgument())
    .argument('<OTHER>', 'another Result, or the same one revised: the same kinds of file')
    .option('--all', 'show every item of each list, however many')
    .addOption(jsonOption('the difference'))
    .addOption(outputOption('the difference as JSON'))
    .addHelpText('after', COMPARE_HELP)
    .action(runCompare)
}

async function runCompare(
  problemPath: string,
  resultPath: string,
  otherPath: string,
  { all = false, json, output }: AnswerOutput & { readonly all?: boolean }
): Promise<void> {
  await checkOutputs({ '-o': output }, [problemPath, resultPath, otherPath])
  const { problem, result, others } = await readMatching(problemPath, resultPath, otherPath)
  const difference = differenceBetween(problem, result, others[0] ?? result)
  await deliverAnswer(difference, (said, style) => renderDifference(said, style, all), { json, output })
}
