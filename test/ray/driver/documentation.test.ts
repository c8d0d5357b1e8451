import { execFile, execFileSync } from 'node:child_process'
import { readFileSync, symlinkSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { codeBlocks, makeUserFolder, root } from '../../readme/readme.js'
import { listen } from '../dashboard/http-double.js'
import { smallScene } from './drain-scene.js'

const text = readFileSync(join(root, 'docs/ray.md'), 'utf8')

test('the program that docs/ray.md shows compiles, and drains nodes', async () => {
  const scene = smallScene()
  const double = await listen(scene.dashboard, 2000)
  onTestFinished(() => double.close())
  const [shown = ''] = codeBlocks('ts', text)
  const program = shown
    .replaceAll('http://head:8265', double.url)
    .replaceAll('head:6379', double.address)
    .replace('problem, result })', 'problem, result, pollMs: 1 })')
  const nodes = Object.fromEntries(scene.readProblem().nodes.map(({ id }) => [id, { costPerHour: 1 }]))
  const overrides = JSON.stringify({
    schemaVersion: 1,
    defaults: { placementGroup: 'none', startupSeconds: 20 },
    nodes
  })
  const folder = makeUserFolder({ 'program.mts': program, 'overrides.yaml': overrides })
  for (const name of ['yaml', '@types'])
    symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name))
  const compiler = join(root, 'node_modules/.bin/tsc')
  const options = ['--strict', '--skipLibCheck', '--module', 'nodenext', '--target', 'es2022', '--types', 'node']
  execFileSync(compiler, [...options, 'program.mts'], { cwd: folder, encoding: 'utf8' })
  const env = { ...process.env, PATH: `${dirname(double.ray)}${delimiter}${process.env.PATH}` }
  const { stdout } = await promisify(execFile)(process.execPath, ['program.mjs'], { cwd: folder, env })
  expect(stdout).toMatch(/^completed \[ '10\.0\.0\.\d'/)
  expect(readFileSync(join(folder, 'drains.jsonl'), 'utf8')).not.toBe('')
})
