import { expect, test } from 'vitest'
import { parseProblem } from '../../models/contract/parse.js'
import type { ProblemInput } from '../../models/contract/problem.js'
import { compileInstance } from '../../models/instance/compile.js'
import { Budget } from '../../src/budget.js'
import { greedyPackings } from '../../src/search/greedy/greedy.js'
import { appraise } from '../../src/search/worth.js'
import { node, running } from '../compact/planned.js'

/** One copy alone on a node, three on another; all find room on the first, which stays. */
const priced = (moveCostPrice: number): ProblemInput => ({
  schemaVersion: 1,
  nodes: [node('first', { capacity: { cpu: 8 } }), node('second'), node('third')],
  deployments: [{ id: 'web', demand: { cpu: 1 } }],
  replicas: running('web', 'first', 'second', 'second', 'second', 'third').map((replica) => ({
    ...replica,
    movable: replica.node !== 'first'
  })),
  objective: { horizonHours: 1, moveCostPrice }
})

test.each([
  [0.2, { costPerHour: 1, migrations: 4 }],
  [0.6, { costPerHour: 2, migrations: 1 }],
  [1.1, { costPerHour: 3, migrations: 0 }]
])('at a price of %d a move greedy empties the nodes that repay it', (price, best) => {
  const instance = compileInstance(parseProblem(priced(price)))
  for (const order of [1, 2, 3]) {
    const states = [...packings(instance)]
    expect(states[order]).toMatchObject(best)
  }
})

function* packings(instance: ReturnType<typeof compileInstance>) {
  for (const state of greedyPackings(instance, Budget.ofWork(100))) {
    if (state !== null) yield appraise(state)
  }
}
