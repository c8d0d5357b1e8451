import { expect, test } from 'vitest'
import { renderWhy } from '../../../src/report/text/why.js'
import type { ReplicaAnswer } from '../../../src/review/index.js'

const answer: ReplicaAnswer = {
  schemaVersion: 1,
  kind: 'why-replica',
  problem: { fingerprint: 'sha256:0' },
  seed: 1,
  limits: { seconds: 1, work: null },
  seconds: 0,
  replica: 'd-0',
  deployment: 'd',
  fate: 'stays',
  from: 'a',
  to: 'a'
}

test('that nothing is saved is said only where that is the reason', () => {
  const told = (code: 'saves-nothing' | 'not-proven') => renderWhy({ ...answer, node: { node: 'a', code } }, undefined)
  expect(told('saves-nothing')).toContain('releasing it saves nothing; nothing is saved by moving it.')
  expect(told('not-proven')).toContain('a stays, and nothing proves that it must.')
})

test('the price of a place is neither a bound nor proven the best', () => {
  const price = {
    costPerHour: 8,
    savesPerHour: -2,
    total: 8,
    saves: -2,
    migrations: 1,
    moveCost: 1,
    moreMigrations: 1
  }
  const elsewhere = { verdict: 'works', node: 'new-1', type: 'large', price, rooms: 0, limits: [] } as const
  expect(renderWhy({ ...answer, elsewhere }, undefined).replaceAll(/\s+/g, ' ')).toContain(
    'On new-1, a new large, it costs 2.00 an hour more, 8.00 in all, 1 migration (1 more).'
  )
})
