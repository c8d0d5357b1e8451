import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

const program = `
import { compact, exportProgram, sequence, verifyPlacement, verifyResult, type CompactRun } from 'replica-compactor'
import { verifyPlan } from 'replica-compactor/models'

declare const somewhat: unknown
const run: CompactRun = compact(somewhat, { createWorker: () => new Worker('solver-worker.js') })
const caught: Promise<string> = run.then(({ termination }) => termination).catch(() => '').finally(() => {})
const endings = [run.catch(() => null), run.finally(() => {})]
for await (const { placement } of run) console.log(placement.length, caught, endings)
const result = await compact({ schemaVersion: 1, nodes: [], deployments: [], replicas: [] })
console.log(verifyResult(somewhat, result), verifyPlan(somewhat, result))
console.log(verifyPlacement(somewhat, { schemaVersion: 1, placement: [] }), exportProgram(somewhat, 'lp'))
console.log(await sequence(somewhat, { schemaVersion: 1, placement: [] }, { seed: 1 }))
// @ts-expect-error There is no such option.
compact(somewhat, { timeLimit: 5 })
`

/** What the compiler says to a strict project without the types of Node, and the declarations of this package that it read. */
function compileConsumer(): { output: string; declarations: string[] } {
  const folder = mkdtempSync(join(tmpdir(), 'replica-compactor-consumer-'))
  mkdirSync(join(folder, 'node_modules'))
  symlinkSync(root, join(folder, 'node_modules/replica-compactor'))
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  writeFileSync(join(folder, 'main.ts'), program)
  const compilerOptions = {
    target: 'ES2022',
    module: 'nodenext',
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: false,
    noEmit: true,
    types: []
  }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['main.ts'] }))
  const compiler = join(root, 'node_modules/typescript/bin/tsc')
  const { stdout } = spawnSync(process.execPath, [compiler, '-p', folder, '--listFiles'], { encoding: 'utf8' })
  const isFile = (line: string) => /^\/.*\.[cm]?ts$/.test(line)
  const lines = stdout.split('\n')
  return {
    output: lines.filter((line) => !isFile(line)).join('\n'),
    declarations: lines.filter((line) => isFile(line) && line.startsWith(join(root, 'dist')))
  }
}

test('a strict project compiles against the types, without those of Node and of threads', () => {
  const { output, declarations } = compileConsumer()
  expect(output).toBe('')
  expect(declarations).not.toEqual([])
  expect(declarations.filter((path) => /\/(workers|solvers|cli)\//.test(path))).toEqual([])
})
