import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import type { Result } from '../../models/contract/result.js'
import { sequence } from '../../src/sequence.js'
import { runCommand } from '../cli/run-command.js'

const pathOf = (part: string) => fileURLToPath(new URL(`../../fixtures/golden-deadlock.${part}.json`, import.meta.url))
const read = (part: string) => JSON.parse(readFileSync(pathOf(part), 'utf8')) as unknown

function startsOf({ plan }: Result): string[] {
  return plan.steps.flatMap((step) => (step.action === 'start' ? [step.replica] : []))
}

test('the deadlock that greedy orders run into has one order, and it is found', async () => {
  const result = await sequence(read('problem'), read('placement'))
  expect(result.plan.status).toBe('complete')
  expect(startsOf(result)).toEqual(['i-0', 'k-0', 'j-0'])
  expect(result.objective).toMatchObject({ costPerHour: 2, migrations: 3 })
})

test('by the command, too', async () => {
  const { code, stdout } = await runCommand(['sequence', pathOf('problem'), pathOf('placement'), '--json'])
  expect(code).toBe(0)
  const result = JSON.parse(stdout) as Result
  expect(result.plan.status).toBe('complete')
  expect(startsOf(result)).toEqual(['i-0', 'k-0', 'j-0'])
})
