import { expect, test } from 'vitest'
import { sequenceMigration } from '../../src/migration/sequence.js'
import { someOrderFits, tightCase } from './tight-case.js'

test('without hops, everything is reached exactly when some order of the moves fits', () => {
  let solvable = 0
  let blocked = 0
  for (let seed = 1; seed <= 4000; seed++) {
    const tight = tightCase(seed, { rungs: ['reorder', 'cut'] })
    if (tight === null) continue
    const { instance, target, capacities, sizes, from, to } = tight
    const isSolvable = someOrderFits(capacities, sizes, from, to)
    const { plan, cut } = sequenceMigration(instance, target)
    expect({ seed, status: plan.status }).toEqual({ seed, status: isSolvable ? 'complete' : 'partial' })
    expect(cut.moves.length > 0).toBe(!isSolvable)
    if (isSolvable) solvable++
    else blocked++
  }
  expect(solvable).toBeGreaterThan(500)
  expect(blocked).toBeGreaterThan(100)
})
