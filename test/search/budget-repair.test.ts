import { expect, test } from 'vitest'
import { parseProblem } from '../../models/contract/parse.js'
import { compileInstance } from '../../models/instance/compile.js'
import { seededRandom } from '../../src/random.js'
import { repairBudget } from '../../src/search/greedy/budget-repair.js'
import { PackingState } from '../../src/search/packing-state.js'
import { appraise, compareRequirements } from '../../src/search/worth.js'
import { readFixture } from '../compact/planned.js'

/** Sends some copies away at random, each to a random node that admits it. */
function scatter(state: PackingState, moves: number, random: () => number): void {
  const { copies, nodes } = state.instance
  for (let attempt = 0, moved = 0; moved < moves && attempt < 50 * moves; attempt++) {
    const { index, deployment } = copies[Math.floor(random() * copies.length)] as (typeof copies)[number]
    const node = Math.floor(random() * nodes.length)
    if (state.stays[index] === 0 || !state.isActive(node) || !state.admits(deployment, node)) continue
    state.leave(index)
    state.arrive(deployment, node)
    moved++
  }
}

test.each(['dense/dense-25-1', 'openb/openb-slice-30', 'synthetic/synthetic-25-1'])(
  'of %s copies come home until the budget is kept, at no more cost and with nothing broken or lost',
  (name) => {
    const problem = parseProblem(readFixture(name))
    const outcomes = { kept: 0, fewer: 0 }
    for (let seed = 1; seed <= 30; seed++) {
      const random = seededRandom(seed)
      const budget = 1 + Math.floor(random() * 6)
      const state = new PackingState(
        compileInstance({ ...problem, budget: { ...problem.budget, maxMigrations: budget } })
      )
      scatter(state, budget + 1 + Math.floor(random() * 5), random)
      const before = appraise(state)
      const isKept = repairBudget(state)
      const after = appraise(state)
      expect(isKept, `seed ${seed}`).toBe(after.migrations <= budget)
      expect(after.costPerHour, `seed ${seed}`).toBeLessThanOrEqual(before.costPerHour + 1e-9)
      expect(compareRequirements(after, before), `seed ${seed}`).toBeLessThanOrEqual(0)
      expect(after.migrations, `seed ${seed}`).toBeLessThanOrEqual(before.migrations)
      if (isKept) outcomes.kept++
      if (after.migrations < before.migrations) outcomes.fewer++
    }
    expect(outcomes.kept).toBeGreaterThan(25)
    expect(outcomes.fewer).toBeGreaterThan(25)
  }
)
