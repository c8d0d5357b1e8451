import { writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parseResult } from '../../models/contract/parse.js'
import { freshPath, runCommand } from './run-command.js'

const problem = {
  schemaVersion: 1,
  nodes: ['a', 'b'].map((id) => ({ id, capacity: { cpu: 2 }, costPerHour: 1 })),
  deployments: [{ id: 'web', demand: { cpu: 1 } }],
  replicas: [
    { id: 'web-0', deployment: 'web', node: 'a' },
    { id: 'web-1', deployment: 'web', node: 'b' }
  ]
}

function writeFiles(placement: { replica: string; node: string }[]): [problem: string, placement: string] {
  const [problemPath, placementPath] = [freshPath('problem.json'), freshPath('placement.json')]
  writeFileSync(problemPath, JSON.stringify(problem))
  writeFileSync(placementPath, JSON.stringify({ schemaVersion: 1, placement }))
  return [problemPath, placementPath]
}

test('sequence orders the migration to a given placement', async () => {
  const files = writeFiles([
    { replica: 'web-0', node: 'b' },
    { replica: 'web-1', node: 'b' }
  ])
  const { code, stdout } = await runCommand(['sequence', ...files, '--json'])
  expect(code).toBe(0)
  const { plan, releasedNodes } = parseResult(JSON.parse(stdout))
  expect(plan.steps.map((step) => step.action)).toEqual(['cordon', 'start', 'shift', 'drain', 'stop', 'release'])
  expect(releasedNodes).toEqual(['a'])
})

test('a placement that names an unknown node is wrong input', async () => {
  const { code, stderr } = await runCommand(['sequence', ...writeFiles([{ replica: 'web-0', node: 'nowhere' }])])
  expect(stderr).toContain('nowhere')
  expect(code).toBe(2)
})
