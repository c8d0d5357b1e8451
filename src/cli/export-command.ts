import { parseProblem } from '../../models/contract/parse.js'
import { exportProgram } from '../index.js'
import { readInput } from './input-file.js'
import { checkWritable, writeWhole } from './output.js'

interface ExportOptions {
  readonly format?: 'lp' | 'mps'
  readonly output?: string
}

/** `export PROBLEM`: the mixed-integer program as a text for other solvers, in LP format unless told otherwise. */
export async function runExport(path: string, { format, output }: ExportOptions): Promise<void> {
  if (output !== undefined) await checkWritable(output)
  const text = exportProgram(await readInput(path, parseProblem), format ?? formatOf(output))
  if (output === undefined) process.stdout.write(text)
  else await writeWhole(output, text)
}

function formatOf(output = ''): 'lp' | 'mps' {
  return /\.mps$/i.test(output) ? 'mps' : 'lp'
}
