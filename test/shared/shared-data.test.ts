import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compact } from 'replica-compactor'
import { beforeEach, describe, expect, test } from 'vitest'
import { needTool } from '../needed-tools.js'
import { makeFolder } from '../scratch-folder.js'

/** The folder of data and of the checker that others wrote; CI names it where it stands beside the checkout. */
const shared = process.env.SHARED_FOLDER

const scratch = makeFolder()

/** Problems below a folder, as paths without the ending. */
function problemsIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.problem.json'))
    .map((file) => join(folder, file.slice(0, -'.problem.json'.length)))
    .sort()
}

interface Verdict {
  readonly ok: boolean
  readonly violations: readonly string[]
}

function askPython(python: string, ...files: readonly string[]): Promise<Verdict> {
  const checker = join(shared as string, 'tools/check_result.py')
  return new Promise((resolve, reject) => {
    execFile(python, [checker, ...files], { timeout: 50_000 }, (error, stdout) => {
      if (stdout === '') reject(error ?? new Error('the checker said nothing'))
      else resolve(JSON.parse(stdout))
    })
  })
}

/** Large ones are planned by greedy alone: what is tried here is that a complete plan comes and holds. */
const large = /synthetic-5000-1$|openb-whole$/
/** Not to be planned but to be sequenced: its placement is given. */
const golden = /golden-deadlock$/

describe('the checker in SHARED_FOLDER accepts what is planned for', () => {
  beforeEach(({ skip }) => skip(shared === undefined, 'needs the shared data: name their folder in SHARED_FOLDER'))
  const python = needTool('python3')
  const fixtures = fileURLToPath(new URL('../../fixtures', import.meta.url))
  const folders = shared === undefined ? [fixtures] : [fixtures, join(shared, 'data')]
  // Where both have a Problem of the same name it is the same one.
  const paths = folders.flatMap(problemsIn).filter((path) => !golden.test(path))
  const named = new Map(paths.map((path) => [path.split('/').slice(-2).join('/'), path]))

  test.each([...named])('%s', async (name, path) => {
    const problem = JSON.parse(readFileSync(`${path}.problem.json`, 'utf8'))
    const isLarge = large.test(path)
    const result = await compact(problem, { timeLimitMs: isLarge ? 5000 : 2500, solver: isLarge ? 'greedy' : 'auto' })
    expect(result.primalStatus).toBe('feasible')
    expect(result.plan.status).toBe('complete')
    const answer = join(scratch, `${name.replace('/', '-')}.result.json`)
    writeFileSync(answer, JSON.stringify(result))
    const known = `${path}.known.json`
    const verdict = await askPython(python, `${path}.problem.json`, answer, ...(existsSync(known) ? [known] : []))
    expect(verdict).toMatchObject({ ok: true, violations: [] })
  })
})
