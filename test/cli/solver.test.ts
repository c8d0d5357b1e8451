import { parseResult } from 'replica-compactor'
import { expect, test } from 'vitest'
import { portfolio } from '../../src/solvers/portfolio.js'
import { tightCluster } from '../compact/tight-cluster.js'
import { QUICKSTART, runCommand } from './run-command.js'

const input = JSON.stringify(tightCluster)

test.each(portfolio)('--solver %s is asked, and named in the summary', async (solver) => {
  const { code, stdout } = await runCommand(['plan', '-', '--solver', solver], { input })
  expect(code).toBe(0)
  expect(stdout).toContain(`found by mixed-integer programming (${solver})`)
})

test('--solver greedy asks none', async () => {
  const { code, stdout } = await runCommand(['plan', QUICKSTART, '--solver', 'greedy', '--json'])
  expect(code).toBe(0)
  expect(parseResult(JSON.parse(stdout)).solve.solver).toBe('greedy')
})

test('a solver that is not installed: exit code 2, and how to get it', async () => {
  const hook = new URL('../compact/without-glpk.mjs', import.meta.url)
  const { code, stdout, stderr } = await runCommand(['plan', '-', '--solver', 'glpk', '-q'], {
    input,
    environment: { NO_COLOR: '1', NODE_OPTIONS: `--import ${hook}` }
  })
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toBe(
    'replica-compactor: --solver glpk: glpk.js is not installed; npm install glpk.js gets it, under its own licence, GPL-3.0\n'
  )
})

test('plan --help teaches the solvers', async () => {
  const { stdout } = await runCommand(['plan', '--help'])
  expect(stdout).toMatch(/glpk +GLPK.*npm install glpk\.js.*GPL-3\.0/)
  expect(stdout).toMatch(/javascript-lp-solver +.*proves nothing/)
})
