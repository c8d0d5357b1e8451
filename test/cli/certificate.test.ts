import { readFileSync, writeFileSync } from 'node:fs'
import type { Result } from 'replica-compactor'
import { beforeAll, expect, test } from 'vitest'
import { freshPath, QUICKSTART, runCommand } from './run-command.js'

const path = freshPath('certified.json')
let result: Result

beforeAll(async () => {
  const { code } = await runCommand(['plan', QUICKSTART, '--certificate', '-o', path, '--quiet'])
  expect(code).toBe(0)
  result = JSON.parse(readFileSync(path, 'utf8'))
})

test('plan --certificate keeps what proves the bound, and verify recomputes it', async () => {
  expect(result.certificate?.branches).not.toEqual([])
  const { code, stdout } = await runCommand(['verify', QUICKSTART, path])
  expect(stdout).toContain(
    `\nProven: no placement has an objective below ${result.certificate?.bound}, recomputed without a solver.\n`
  )
  expect(code).toBe(0)
  const parsed = JSON.parse((await runCommand(['verify', QUICKSTART, path, '--json'])).stdout)
  expect(parsed).toMatchObject({ valid: true, violations: [] })
  expect(parsed.bound).toBeCloseTo(result.certificate?.bound ?? 0, 6)
})

test('a bound that does not follow has exit code 4', async () => {
  const { certificate } = result
  const tampered = freshPath('tampered.json')
  const branches = certificate?.branches.map((branch) => ({ ...branch, bound: branch.bound + 1 }))
  writeFileSync(tampered, JSON.stringify({ ...result, certificate: { ...certificate, branches } }))
  const { code, stdout } = await runCommand(['verify', QUICKSTART, tampered])
  expect(stdout).toMatch(/bound at certificate: branch 0 is said to prove [\d.]+, it proves [\d.]+/)
  expect(code).toBe(4)
})

test('without the option there is no certificate, and without patterns a note says why', async () => {
  const plain = await runCommand(['plan', QUICKSTART, '--json', '--quiet'])
  expect(JSON.parse(plain.stdout)).not.toHaveProperty('certificate')
  const greedy = await runCommand(['plan', QUICKSTART, '--json', '--quiet', '--certificate', '--solver', 'greedy'])
  const { certificate, explanation } = JSON.parse(greedy.stdout)
  expect(certificate).toBeUndefined()
  expect(explanation.notes).toContainEqual(expect.stringMatching(/^There is no certificate: /))
})
