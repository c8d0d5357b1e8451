import { spawnSync } from 'node:child_process'
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { platform } from 'node:process'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { needed } from '../needed-tools.js'
import { findNode, installPackage, NEEDS_REGISTRY, USER_ENVIRONMENT } from './npm-install.js'
import { root } from './packed.js'

/** Greedy does not reach the bound here: only what runs in worker threads finds the optimum. */
const instance = join(root, 'fixtures/packing/vbp-new-class2-20-3-8.problem.json')
/** What the command says while it plans. */
const PROGRESS = /^\d+\.\d s {2}.*\n/gm

const installed = installPackage()
const folder = installed ?? root

if (installed !== null) {
  copyFileSync(fileURLToPath(new URL('installed-program.mjs', import.meta.url)), join(folder, 'main.mjs'))
  writeFileSync(join(folder, 'main.cjs'), "process.stdout.write(typeof require('replica-compactor').compact)")
}

describe.each([20, 22, 24])('the packed package, installed into an empty folder, on Node %i', (major) => {
  const node = installed === null ? null : findNode(major)
  needed(NEEDS_REGISTRY, node !== null)

  /** What a program says; one that does not end by itself has no exit code. */
  function run(program: string, args: readonly string[], input = '') {
    const { status, stdout, stderr } = spawnSync(program, args, {
      cwd: folder,
      env: { ...USER_ENVIRONMENT, PATH: `${dirname(String(node))}${delimiter}${USER_ENVIRONMENT.PATH}` },
      encoding: 'utf8',
      timeout: 50_000,
      input,
      shell: platform === 'win32'
    })
    return { status, stdout, stderr }
  }

  test('is the version that is asked for', () => {
    expect(run('node', ['--version']).stdout).toMatch(`v${major}.`)
  })

  test('finds a proven optimum in worker threads, ends by itself, and warns of nothing', () => {
    const { status, stdout, stderr } = run('node', ['main.mjs', instance])
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(JSON.parse(stdout)).toEqual({
      greedyGap: expect.closeTo(1 / 6),
      termination: 'optimal',
      solver: 'highs',
      costPerHour: 5,
      violations: [],
      isResult: true,
      required: expect.arrayContaining(['schemaVersion', 'nodes'])
    })
  })

  test('has a command that plans a YAML file from standard input', () => {
    const input = readFileSync(join(root, 'fixtures/quickstart.problem.yaml'), 'utf8')
    const command = join(folder, 'node_modules/.bin/replica-compactor')
    const { status, stdout, stderr } = run(command, ['plan', '-', '--time-limit', '40', '--json'], input)
    const unexpected = stderr.replace(PROGRESS, '')
    expect({ status, unexpected }).toEqual({ status: 0, unexpected: '' })
    expect(JSON.parse(stdout)).toMatchObject({ termination: 'optimal', plan: { status: 'complete' } })
  })

  test('can be required from CommonJS, without a warning', () => {
    expect(run('node', ['main.cjs'])).toEqual({ status: 0, stdout: 'function', stderr: '' })
  })
})
