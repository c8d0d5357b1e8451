import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Runs a solver's command on files in a folder of its own; what it printed, and the file `solution` if it wrote one. */
export async function runSolver(
  command: string,
  args: readonly string[],
  files: Readonly<Record<string, string>>
): Promise<{ printed: string; solution: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'replica-compactor-'))
  try {
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
    const { stdout, stderr } = await run(command, args, { cwd: folder, timeout: 30_000, maxBuffer: 2 ** 26 }).catch(
      // glpsol says with its exit code what it says in words too.
      (error: { stdout?: string; stderr?: string }) => ({ stdout: '', stderr: '', ...error })
    )
    const solution = await readFile(join(folder, 'solution'), 'utf8').catch(() => '')
    return { printed: `${stdout}${stderr}`, solution }
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** What a run of glpsol found: the optimum, or null where it says that there is none. Throws on everything else. */
export function readGlpsol({ printed, solution }: { printed: string; solution: string }): number | null {
  if (/HAS NO (PRIMAL|INTEGER) FEASIBLE SOLUTION/.test(printed)) return null
  // s mip ROWS COLUMNS STATUS OBJECTIVE; s bas ROWS COLUMNS PRIMAL DUAL OBJECTIVE
  const optimal = /^s (?:mip \d+ \d+ o|bas \d+ \d+ f f) (\S+)$/m.exec(solution)
  if (optimal === null) throw new Error(`glpsol proved nothing:\n${printed}`)
  return Number(optimal[1])
}
