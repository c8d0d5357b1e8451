import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { InputError } from '../../../models/contract/parse.js'
import type { Problem } from '../../../models/contract/problem.js'
import type { Result } from '../../../models/contract/result.js'
import { compact } from '../../../src/index.js'
import { renderScript } from '../../../src/report/script/render-script.js'
import { fingerprint } from '../../../src/result/fingerprint.js'
import { UnsafeResultError } from '../../../src/result/read-result.js'
import { sampleProblem, sampleResult } from '../../cli/sample-result.js'
import { makeFolder } from '../../scratch-folder.js'
import { planFixture } from '../cluster/fixture-results.js'

/** Writes down what it is called with, each word in hexadecimal, and fails at the step that a file names. */
const DRIVER = `#!/bin/sh
{
  printf '%s %s' "$MIGRATION_STEP" "$MIGRATION_PLAN"
  for word in "$MIGRATION_DEPLOYMENT" "$@"; do printf ' '; printf 'x%s' "$word" | od -An -v -tx1 | tr -d ' \\n'; done
  printf '\\n'
} >>calls
[ ! -e fail-at ] || [ "$(cat fail-at)" != "$MIGRATION_STEP" ] || exit 7
`

interface Desk {
  readonly folder: string
  readonly run: (...words: readonly string[]) => { status: number | null; stdout: string; stderr: string }
  /** Calls of the driver: number of the step, deployment, and the words. */
  readonly calls: () => [step: number, deployment: string, ...words: string[]][]
}

function lay(script: string): Desk {
  const folder = makeFolder()
  writeFileSync(join(folder, 'migrate.sh'), script)
  writeFileSync(join(folder, 'driver'), DRIVER)
  chmodSync(join(folder, 'driver'), 0o755)
  return {
    folder,
    run: (...words) => spawnSync('/bin/sh', ['migrate.sh', ...words], { cwd: folder, encoding: 'utf8' }),
    calls: () => {
      const path = join(folder, 'calls')
      if (!existsSync(path)) return []
      return readFileSync(path, 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => {
          const [step, , deployment = '', ...words] = line.split(' ')
          const read = (hex: string) => Buffer.from(hex, 'hex').toString('utf8').slice(1)
          return [Number(step), read(deployment), ...words.map(read)]
        })
    }
  }
}

/** A Result that says which Problem it answers. */
const answering = (problem: Problem, result: Result): Result => {
  return { ...result, problem: { ...result.problem, fingerprint: fingerprint(problem) } }
}

const problem = sampleProblem()
const result = answering(problem, sampleResult())
const ALL = [
  [1, '', 'cordon', 'large'],
  [2, '', 'release', 'idle'],
  [3, 'chat', 'start', 'chat-0', 'small', 'gpu=0'],
  [4, 'chat', 'shift', 'chat-0', 'large', 'small'],
  [5, 'chat', 'drain', 'chat-0', 'large'],
  [6, 'chat', 'stop', 'chat-0', 'large'],
  [7, '', 'release', 'large']
]

test('calls the command for each step in order, and leaves nothing but the progress', () => {
  const desk = lay(renderScript(problem, result))
  const { status, stderr } = desk.run('./driver')
  expect(stderr).toContain('done: 7 of 7 steps')
  expect(status).toBe(0)
  expect(desk.calls()).toEqual(ALL)
  const again = desk.run('./driver')
  expect(again.status).toBe(0)
  expect(again.stderr).toContain('7 of 7 steps are done already')
  expect(desk.calls()).toEqual(ALL)
  expect(spawnSync('ls', ['-A'], { cwd: desk.folder, encoding: 'utf8' }).stdout.split('\n')).toEqual([
    'calls',
    'driver',
    'migrate.sh',
    expect.stringMatching(/^plan-[0-9a-f]{16}\.progress$/),
    ''
  ])
})

test('without a command it shows what would be done, and does nothing', () => {
  const desk = lay(renderScript(problem, result))
  const { status, stdout } = desk.run()
  expect(status).toBe(0)
  expect(stdout.split('\n')).toHaveLength(ALL.length + 2)
  expect(stdout).toContain('     3      0:00  start chat-0 on small, gpu 0\n')
  expect(desk.calls()).toEqual([])
  expect(spawnSync('ls', ['-A'], { cwd: desk.folder, encoding: 'utf8' }).stdout).toBe('driver\nmigrate.sh\n')
})

test.each(ALL.map(([step]) => step as number))(
  'a failure at step %d ends it there, and it goes on from there',
  (step) => {
    const desk = lay(renderScript(problem, result))
    writeFileSync(join(desk.folder, 'fail-at'), String(step))
    const failed = desk.run('-p', '-kept', './driver')
    expect(failed.status).toBe(1)
    expect(failed.stderr).toContain(`step ${step} failed with status 7`)
    expect(desk.calls()).toEqual(ALL.slice(0, step))
    const shown = desk.run('-p', '-kept')
    expect(shown.stdout.match(/^ +\d/gm)).toHaveLength(ALL.length - step + 1)
    writeFileSync(join(desk.folder, 'fail-at'), '')
    expect(desk.run('-p', '-kept', './driver').status).toBe(0)
    expect(desk.calls()).toEqual([...ALL.slice(0, step), ...ALL.slice(step - 1)])
    expect(readFileSync(join(desk.folder, '-kept'), 'utf8').split('\n').slice(1, -1)).toEqual(
      ALL.map(([one]) => String(one))
    )
  }
)

test('half a line, as a crash leaves it, is no step that is done', () => {
  const desk = lay(renderScript(problem, result))
  writeFileSync(join(desk.folder, 'fail-at'), '5')
  desk.run('-p', 'kept', './driver')
  const path = join(desk.folder, 'kept')
  writeFileSync(path, `${readFileSync(path, 'utf8')}5`)
  writeFileSync(join(desk.folder, 'fail-at'), '')
  expect(desk.run('-p', 'kept', './driver').status).toBe(0)
  expect(desk.calls().map(([step]) => step)).toEqual([1, 2, 3, 4, 5, 5, 6, 7])
})

test('refuses the progress of another plan, one that was edited, a second run and wrong words', () => {
  const desk = lay(renderScript(problem, result))
  const file = join(desk.folder, 'kept')
  const refused = (pattern: RegExp, ...words: readonly string[]) => {
    const { status, stderr } = desk.run(...words)
    expect(stderr).toMatch(pattern)
    expect(status).toBe(2)
    expect(desk.calls()).toEqual([])
  }
  writeFileSync(file, 'progress of plan-0000000000000000\n1\n')
  refused(/not the progress of this plan/, '-p', 'kept', './driver')
  refused(/not the progress of this plan/, '-p', 'kept')
  const [, own = ''] = renderScript(problem, result).match(/^plan=(.*)$/m) ?? []
  writeFileSync(file, `progress of ${own}\n1\n3\n`)
  refused(/found "3", expected 2/, '-p', 'kept', './driver')
  writeFileSync(file, `progress of ${own}\n${ALL.map((_, index) => index + 1).join('\n')}\n8\n`)
  refused(/more steps/, '-p', 'kept', './driver')
  refused(/no file/, '-p', '.', './driver')
  refused(/no such command/, './missing')
  refused(/found 2 words, expected one/, './driver', 'more')
  refused(/usage/, '-z')
  spawnSync('mkdir', ['free.lock'], { cwd: desk.folder })
  refused(/running already/, '-p', 'free', './driver')
})

/** Names that shells treat in ways of their own. */
const NAMES = [
  "it's",
  '$HOME `id` $(id)',
  '-rf',
  '--',
  'two\nlines',
  'tab\tand \\n and %s',
  '"quoted"',
  '*',
  '~root',
  '#none',
  ' space ',
  '\u{1f980} crab',
  '!history',
  '\r\n',
  "'",
  'step',
  '\u202ereversed'
]

/** The sample with other names. */
function rename(node: string, replica: string): [Problem, Result] {
  const swap = <Value>(value: Value): Value =>
    JSON.parse(
      JSON.stringify(value, (_, inner) => (inner === 'large' ? node : inner === 'chat-0' ? replica : inner))
    ) as Value
  const renamed = swap(problem)
  return [renamed, answering(renamed, swap(result))]
}

test.each(NAMES)('passes on %j as it is', (name) => {
  const desk = lay(renderScript(...rename(name, `${name}${name}`)))
  expect(desk.run().status).toBe(0)
  expect(desk.run('./driver').status).toBe(0)
  expect(desk.calls()[0]).toEqual([1, '', 'cordon', name])
  expect(desk.calls()[3]).toEqual([4, 'chat', 'shift', `${name}${name}`, name, 'small'])
})

test('any name at all', () => {
  const anyName = fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }).filter((name) => !name.includes('\0'))
  fc.assert(
    fc.property(anyName, (name) => {
      fc.pre(!['small', 'idle', 'large', 'chat'].includes(name))
      const desk = lay(renderScript(...rename(name, 'chat-0')))
      expect(desk.run('./driver').status).toBe(0)
      expect(desk.calls()[0]).toEqual([1, '', 'cordon', name])
    }),
    { seed: 4, numRuns: 25 }
  )
})

test('says which name no shell can pass on', () => {
  for (const name of ['a\0b', 'half \ud83d']) {
    expect(() => renderScript(...rename(name, 'chat-0'))).toThrow(InputError)
    expect(() => renderScript(...rename(name, 'chat-0'))).toThrow(/plan\.steps\[0\]\.node/)
  }
})

test('a copy that is starting already is waited for', async () => {
  const starting = sampleProblem({
    replicas: [{ id: 'chat-0', deployment: 'chat', node: 'small', devices: { gpu: [0] }, state: 'starting' }]
  })
  const desk = lay(renderScript(starting, await compact(starting)))
  desk.run('./driver')
  expect(desk.calls()).toContainEqual([expect.any(Number), 'chat', 'ready', 'chat-0', 'small'])
})

test('writes nothing of a plan that is not safe, has no placement, or was made for another Problem', () => {
  const steps = result.plan.steps.map((step) => (step.id === 's7' ? { ...step, after: [] } : step))
  const unsafe = { ...result, plan: { ...result.plan, steps } }
  expect(() => renderScript(problem, unsafe)).toThrow(UnsafeResultError)
  expect(() => renderScript(sampleProblem({ name: 'other' }), result)).toThrow(/made for another Problem/)
  const { objective, bound, gap, producer, ...rest } = result
  const none = { ...rest, termination: 'infeasible', primalStatus: 'none', placement: [], releasedNodes: [] }
  const plan = { status: 'complete', steps: [], makespanSeconds: 0 }
  expect(() => renderScript(problem, { ...none, plan })).toThrow('found an answer without a placement')
  expect(() => renderScript({}, result)).toThrow(InputError)
  expect(() => renderScript(problem, null)).toThrow(InputError)
})

test('a plan of a thousand steps is carried out, and is shell for every shell there is', async () => {
  const [large, planned] = await planFixture('openb/openb-slice-120.problem.json')
  const desk = lay(renderScript(large, planned))
  for (const shell of ['sh', 'dash', 'bash'])
    expect(spawnSync(shell, ['-n', 'migrate.sh'], { cwd: desk.folder }).status ?? 0).toBe(0)
  writeFileSync(join(desk.folder, 'quick'), '#!/bin/sh\nexit 0\n', { mode: 0o755 })
  const { status, stderr } = desk.run('./quick')
  expect(status).toBe(0)
  expect(stderr).toContain(`done: ${planned.plan.steps.length} of ${planned.plan.steps.length} steps`)
})
