import type { Command } from 'commander'
import type { Problem } from '../../../models/contract/problem.js'
import type { ImportReport } from '../../adapters/import-report.js'
import { renderImportReport } from '../../report/text/import-report.js'
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
    .option('-q, --quiet', 'do not print the report on stderr')
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
  const text = `${JSON.stringify(problem, null, 2)}\n`
  if (reportPath !== undefined) await writeWhole(reportPath, `${JSON.stringify(report, null, 2)}\n`)
  if (output === undefined) process.stdout.write(text)
  else await writeWhole(output, text)
  if (!quiet) process.stderr.write(renderImportReport(report, chooseStyle(process.stderr, process.env)))
}
