import { parseProblem } from '../../models/contract/parse.js'
import { exportProgram } from '../index.js'
import { readInput } from './input-file.js'
import { checkOutputs, writeWhole } from './output.js'

interface ExportOptions {
  readonly format?: 'lp' | 'mps'
  readonly output?: string
}

/** `export PROBLEM`: the mixed-integer program as a text for other solvers, in LP format unless told otherwise. */
export async function runExport(path: string, { format, output }: ExportOptions): Promise<void> {
  await checkOutputs({ '-o': output }, [path])
  const text = exportProgram(await readInput(path, parseProblem), format ?? formatOf(output))
  if (output === undefined) process.stdout.write(text)
  else await writeWhole(output, text)
}

function formatOf(output = ''): 'lp' | 'mps' {
  return /\.mps$/i.test(output) ? 'mps' : 'lp'
}
