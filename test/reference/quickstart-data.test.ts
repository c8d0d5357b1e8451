import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { parse as parseYaml } from 'yaml'
import { parseProblem } from '../../models/contract/parse.js'
import { stateDevices } from '../brute-force/state-devices.js'
import { needTool } from '../needed-tools.js'
import { writeGmplData } from './gmpl-data.js'
import { runSolver } from './run-solver.js'

const glpsol = needTool('glpsol')
const folder = new URL('../../models/reference/', import.meta.url)
const pathOf = (name: string) => fileURLToPath(new URL(name, folder))

test('the data beside the reference are those of the quickstart', async () => {
  const text = readFileSync(new URL('../../fixtures/quickstart.problem.yaml', import.meta.url), 'utf8')
  await expect(writeGmplData(stateDevices(parseProblem(parseYaml(text))))).toMatchFileSnapshot(pathOf('quickstart.dat'))
})

test('run by hand, the reference prints the optimum of the quickstart', async () => {
  const args = ['--model', pathOf('placement.mod'), '--data', pathOf('quickstart.dat')]
  const { printed } = await runSolver(glpsol, args, {})
  expect(printed).toContain('INTEGER OPTIMAL SOLUTION FOUND')
  expect(printed).toMatch(/^money 16\.98, move cost [\d.]+, broken 0, unplaced 0$/m)
})
