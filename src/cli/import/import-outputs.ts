import type { Command } from 'commander'
import type { Problem } from '../../../models/contract/problem.js'
import type { ImportReport } from '../../adapters/import-report.js'
import { renderImportReport, renderImportWarnings } from '../../report/text/import-report.js'
import { UsageError } from '../failure.js'
import { readOutput } from '../option-values.js'
import { checkOutputs, writeWhole } from '../output.js'
import { chooseStyle } from '../terminal.js'

/** Where what was imported goes. */
export interface ImportOutputs {
  readonly output?: string
  readonly report?: string
  readonly quiet?: boolean
}

export function addImportOutputs(command: Command): Command {
  return command
    .option('-o, --output <FILE>', 'write the Problem as JSON to FILE, whole or not at all', readOutput)
    .option(
      '--report <FILE>',
      'write as JSON what stays where it is and why, what was left out, and the prices',
      readOutput
    )
    .option('-q, --quiet', 'print no more of the report on stderr than its warnings')
}

/** Checks before anything is read that what is written overwrites none of it. Throws UsageError. */
export function checkImportOutputs(
  { output, report }: ImportOutputs,
  kept: readonly (string | undefined)[]
): Promise<void> {
  return checkOutputs({ '-o': output, '--report': report }, kept)
}

/** The Problem goes to stdout or a file, the report to stderr and a file. */
export async function deliverImport(
  { problem, report }: { readonly problem: Problem; readonly report: ImportReport },
  { output, report: reportPath, quiet = false }: ImportOutputs
): Promise<void> {
  const [text, reportText] = [problem, report].map(writeJson) as [string, string]
  if (reportPath !== undefined) await writeWhole(reportPath, reportText)
  if (output === undefined) process.stdout.write(text)
  else await writeWhole(output, text)
  const render = quiet ? renderImportWarnings : renderImportReport
  process.stderr.write(render(report, chooseStyle(process.stderr, process.env)))
}

function writeJson(value: Problem | ImportReport): string {
  try {
    return `${JSON.stringify(value, null, 2)}\n`
  } catch (error) {
    // Longer than any string may be.
    if (!(error instanceof RangeError)) throw error
    throw new UsageError(
      'found a cluster whose Problem is too long for one text, expected fewer rules: thousands of workloads that each shun thousands of others'
    )
  }
}
