import { expect, test } from 'vitest'
import { parsePlacement } from '../../models/contract/parse.js'
import { compileInstance } from '../../models/instance/compile.js'
import { compact, type ProblemInput, parseProblem } from '../../src/index.js'
import { stateOf } from '../../src/plan-migration.js'
import { adoptPlacement } from '../../src/result/adopt-placement.js'
import { ObstacleFinder } from '../../src/result/obstacles.js'
import { readTarget } from '../../src/result/read-target.js'
import { randomProblem } from '../brute-force/random-problem.js'
import { node, running } from '../compact/planned.js'

/** `a` is empty, paid for in any case, and has room for all: only a limit keeps `b`. */
const roomy: ProblemInput = {
  schemaVersion: 1,
  nodes: [
    node('a', { capacity: { cpu: 100 }, costPerHour: 50, releasable: false }),
    node('b', { capacity: { cpu: 9 }, costPerHour: 10 })
  ],
  deployments: [{ id: 'd', demand: { cpu: 1 } }],
  replicas: running('d', 'b', 'b')
}

async function reasonOfB(problem: ProblemInput) {
  const { explanation } = await compact(problem, { timeLimitMs: 2000, threads: 1 })
  return explanation.nodes?.find((reason) => reason.node === 'b')
}

test('a node that is paid for and empty is room: the budget is what binds', async () => {
  expect(await reasonOfB({ ...roomy, budget: { maxMigrations: 1 } })).toEqual({
    node: 'b',
    code: 'budget-exhausted',
    limits: ['budget.maxMigrations']
  })
})

test('the budget is named beside a gate, too', async () => {
  const problem = { ...roomy, budget: { maxMigrations: 1 }, gate: { minSavingPerMove: 4 } }
  expect(await reasonOfB(problem)).toMatchObject({ code: 'budget-exhausted' })
})

test('what is in the way of a node does not depend on which were asked before', async () => {
  let checked = 0
  for (let seed = 0; seed < 120; seed++) {
    const problem = parseProblem(randomProblem(seed, { broken: false }))
    const result = await compact(problem, { solver: 'greedy', seed })
    if (result.primalStatus === 'none' || result.violations.length > 0) continue
    const placement = parsePlacement(result)
    const instance = adoptPlacement(compileInstance(problem), placement)
    const target = readTarget(instance, placement)
    const state = stateOf(instance, target)
    const active = [...instance.nodes.keys()].filter((index) => state.isActive(index))
    const shared = new ObstacleFinder(state, target)
    for (const index of [...active, ...[...active].reverse()]) {
      checked++
      const alone = new ObstacleFinder(stateOf(instance, target), target)
      expect(shared.find(index), `seed ${seed}, ${instance.nodes[index]?.id}`).toEqual(alone.find(index))
    }
  }
  expect(checked).toBeGreaterThan(200)
})

test('nodes that are alike are explained alike', async () => {
  const { explanation } = await compact(
    {
      schemaVersion: 1,
      nodes: [node('a'), node('b'), node('c')],
      deployments: [{ id: 'd', demand: { cpu: 3 } }],
      replicas: running('d', 'a', 'b', 'c')
    },
    { timeLimitMs: 2000, threads: 1 }
  )
  expect(explanation.nodes).toEqual(
    ['a', 'b', 'c'].map((id, index) => ({
      node: id,
      code: 'no-room-elsewhere',
      replicas: [`d-${index}`],
      limits: ['cpu']
    }))
  )
})
