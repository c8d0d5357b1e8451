import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const run = promisify(execFile)
const built = (path: string) => JSON.stringify(new URL(`../../../dist/src/${path}`, import.meta.url).href)
const cwd = fileURLToPath(new URL('../../..', import.meta.url))

const program = `{
  name: '', columns: 1, rows: 0, offset: 0, cost: Float64Array.of(1), columnLower: Float64Array.of(2),
  columnUpper: Float64Array.of(3), integer: Uint8Array.of(1),
  rowLower: new Float64Array(0), rowUpper: new Float64Array(0), rowStart: Int32Array.of(0), entryColumn: new Int32Array(0), entryValue: new Float64Array(0)
}`

test.each([
  ['a closed pool', 'await pool.close()'],
  ['an idle pool that nobody closed', ''],
  ['a pool that only warmed up, unclosed', 'await pool.warm()']
])('%s lets the process end', async (_, end) => {
  const script = `
    import { createSolverPool } from ${built('workers/pool.js')}
    const pool = createSolverPool({ size: 2 })
    const { objective } = await pool.run({ solver: 'highs', program: ${program} })
    console.log(objective)
    ${end}`
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script], { cwd, timeout: 30_000 })
  expect(stdout).toBe('2\n')
})
