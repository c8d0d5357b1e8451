import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { displayWidth } from '../../src/report/text/layout.js'
import { renderSimulation } from '../../src/report/text/simulation.js'
import { plainStyle } from '../../src/report/text/style.js'
import { simulate } from '../../src/simulation/simulate.js'
import { freshPath, runCommand } from './run-command.js'
import { sampleProblem, sampleResult } from './sample-result.js'

function writeFiles(result: unknown = sampleResult()): [problem: string, result: string] {
  const [problemPath, resultPath] = [freshPath('problem.json'), freshPath('result.json')]
  writeFileSync(problemPath, JSON.stringify(sampleProblem()))
  writeFileSync(resultPath, JSON.stringify(result))
  return [problemPath, resultPath]
}

/** A plan that gives the node back before it is empty. */
function brokenResult() {
  const { plan } = sampleResult()
  const steps = plan.steps.map((step) => (step.id === 's7' ? { ...step, after: [] } : step))
  return sampleResult({ plan: { ...plan, steps } })
}

test('a plan that holds has exit code 0, and its timeline is shown', async () => {
  const { code, stdout } = await runCommand(['simulate', ...writeFiles()])
  expect(stdout).toMatch(/^Simulated: .*: completed, ends in the planned placement\.\n/)
  expect(stdout).toContain('No violation: ')
  expect(stdout).not.toContain('What went wrong')
  expect(code).toBe(0)
})

test('a plan that does not has exit code 4, and every violation is told', async () => {
  const files = writeFiles(brokenResult())
  const read = await runCommand(['simulate', ...files])
  expect(read.stdout).toMatch(/\d+ violations?\n {2}\d+:\d\d {2}release at \S+: \S+ is given back while it hosts/)
  expect(read.code).toBe(4)
  const parsed = await runCommand(['simulate', ...files, '--json'])
  expect(parsed.code).toBe(4)
  expect(JSON.parse(parsed.stdout)).toMatchObject({
    schemaVersion: 1,
    violations: [
      { code: 'release', where: 'large', atSeconds: expect.any(Number), by: expect.stringContaining('release') },
      { code: 'availability', where: 'chat' }
    ]
  })
})

test('the same seed tells the same story, in JSON and into a file', async () => {
  const file = freshPath('story.json')
  const call = ['simulate', ...writeFiles(), '--failure-rate', '0.5', '--node-death-rate', '0.2', '--drift-rate', '0.2']
  const [one, same, other] = await Promise.all([
    runCommand([...call, '--crash', '--seed', '5', '--json', '-o', file]),
    runCommand([...call, '--crash', '--seed', '5', '--json']),
    runCommand([...call, '--crash', '--seed', '6', '--json'])
  ])
  expect(one.stdout).toBe(same.stdout)
  expect(one.stdout).not.toBe(other.stdout)
  expect(readFileSync(file, 'utf8')).toBe(one.stdout)
  expect(Object.keys(JSON.parse(one.stdout))).toEqual([
    'schemaVersion',
    'seed',
    'seconds',
    'plannedSeconds',
    'steps',
    'violations',
    'placement',
    'isAsPlanned',
    'isLegal',
    'crashes',
    'events',
    'execution'
  ])
})

test('a share above 1 is wrong usage', async () => {
  const { code, stderr } = await runCommand(['simulate', ...writeFiles(), '--failure-rate', '5'])
  expect(stderr).toContain('at most 1')
  expect(code).toBe(2)
})

test('of long plans the first rows are shown, within the width, and all of them when asked', async () => {
  const simulation = await simulate(sampleProblem(), sampleResult())
  const names = Array.from({ length: 30 }, (_, index) => `a-replica-with-quite-a-long-name-${index}`)
  const steps = names.flatMap((replica) =>
    simulation.steps.filter((step) => step.replica !== undefined).map((step) => ({ ...step, replica }))
  )
  const lines = renderSimulation({ ...simulation, steps }).split('\n')
  expect(lines.find((line) => line.includes('more rows'))).toMatch(/… and \d+ more rows; --all shows them/)
  expect(lines.filter((line) => line.includes('a-replica'))).toHaveLength(10)
  const narrow = renderSimulation({ ...simulation, steps }, true, { ...plainStyle, width: 72 })
  expect(narrow.match(/a-repli/g)?.length).toBeGreaterThanOrEqual(30)
  expect(Math.max(...narrow.split('\n').slice(3).map(displayWidth))).toBeLessThanOrEqual(72)
})
