import { expect, test } from 'vitest'
import { sequenceMigration } from '../../src/migration/sequence.js'
import { randomCase } from './random-case.js'
import { wrapSequence } from './wrap-sequence.js'

test('a mover that ends where it was after stop-overs is priced with its way home', () => {
  const random = randomCase(778_782)
  if (random === null) throw new Error('no case')
  const { problem, instance, target } = random
  const { plan, objective } = wrapSequence(problem, instance, sequenceMigration(instance, target))
  const starts = plan.steps.filter(({ action }) => action === 'start').length
  const extra = (plan.rungs ?? []).reduce((sum, { extraMigrations }) => sum + extraMigrations, 0)
  expect(starts).toBe((objective?.migrations ?? 0) + extra)
})
