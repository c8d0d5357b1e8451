import { type Command, Option } from 'commander'
import { parseResult } from '../../models/contract/parse.js'
import type { Problem } from '../../models/contract/problem.js'
import type { Result } from '../../models/contract/result.js'
import { type ReportOptions, renderReport } from '../report/html/result/render-report.js'
import { namedFiles } from './capacity/page-facts.js'
import { readCurve } from './curve-file.js'
import { UsageError } from './failure.js'
import { checkOneStandardInput, readInput } from './input-file.js'
import { readMatching } from './matching-files.js'
import { readOutput } from './option-values.js'
import { checkOutputs, writeWhole } from './output.js'

const REPORT_HELP = `
Examples:
  $ replica-compactor report cluster.yaml result.json -o report.html
  $ replica-compactor capacity curve cluster.yaml -o curve.json
  $ replica-compactor report cluster.yaml result.json --curve curve.json -o report.html

The page is one file: it loads nothing, runs nothing and needs no network. It shows every node before and after, the migration
over time, how the answer was found, what is paid after so many migrations, why nodes stay, and what the independent checker
says: the Result is checked anew, and its bound recomputed where it carries a certificate (plan --certificate).
With RESULT alone there is no picture of the nodes, and nothing is checked. What the checker finds is told on the page; the exit
code is 0 all the same.`

interface ReportCommandOptions {
  readonly output: string
  readonly curve?: string
}

/** `report [PROBLEM] RESULT`: a Result as a page. */
export function addReportCommand(program: Command): void {
  program
    .command('report')
    .summary('a Result as a page with pictures')
    .description('Writes RESULT, and what it does to the cluster in PROBLEM, as one HTML file.')
    .argument('<FILES...>', 'PROBLEM and RESULT, or RESULT alone: .json or .yaml files, or - for standard input')
    .addOption(
      new Option('-o, --output <FILE>', 'write the page to FILE, whole or not at all')
        .argParser(readOutput)
        .makeOptionMandatory()
    )
    .option('--curve <FILE>', 'an answer of capacity curve, drawn beside the plan')
    .addHelpText('after', REPORT_HELP)
    .action(runReport)
}

async function runReport(files: readonly string[], { output, curve }: ReportCommandOptions): Promise<void> {
  const [first = '', second, ...others] = files
  if (others.length > 0) {
    throw new UsageError(`found ${files.length} files, expected PROBLEM and RESULT, or RESULT alone`)
  }
  await checkOutputs({ '-o': output }, [...files, ...(curve === undefined ? [] : [curve])])
  checkOneStandardInput(...files, ...(curve === undefined ? [] : [curve]))
  const { problem, result } =
    second === undefined
      ? { problem: null, result: await readInput(first, parseResult) }
      : await readMatching(first, second)
  const frontier = curve === undefined ? {} : { curve: await readCurve(curve) }
  const named = second === undefined ? { 'Result file': first } : { 'Problem file': first, 'Result file': second }
  await writeReport(output, problem, result, { ...frontier, madeFrom: namedFiles({ ...named, 'Curve file': curve }) })
}

/** Writes the page of a Result as a whole or not at all. */
export async function writeReport(
  output: string,
  problem: Problem | null,
  result: Result,
  options: ReportOptions
): Promise<void> {
  await writeWhole(output, renderReport(problem, result, options))
}
