import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** What a solver's command printed, and the file `solution.txt` if it wrote one. */
export interface SolverRun {
  readonly printed: string
  readonly solution: string
}

/** Runs a solver's command on files in a folder of its own. */
export async function runSolver(
  command: string,
  args: readonly string[],
  files: Readonly<Record<string, string>>
): Promise<SolverRun> {
  const folder = await mkdtemp(join(tmpdir(), 'replica-compactor-'))
  try {
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
    const { stdout, stderr } = await run(command, args, { cwd: folder, timeout: 30_000, maxBuffer: 2 ** 26 }).catch(
      // glpsol says with its exit code what it says in words too.
      (error: { stdout?: string; stderr?: string }) => ({ stdout: '', stderr: '', ...error })
    )
    const solution = await readFile(join(folder, 'solution.txt'), 'utf8').catch(() => '')
    return { printed: `${stdout}${stderr}`, solution }
  } finally {
    await rm(folder, { recursive: true })
  }
}
