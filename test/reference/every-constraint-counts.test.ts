import { describe, expect, test } from 'vitest'
import type { Problem } from '../../models/contract/problem.js'
import { needTool } from '../needed-tools.js'
import { firstDifference, type LevelOptima } from './level-optima.js'
import { rareProblems, splitGang } from './rare-problems.js'
import { referenceProblem } from './reference-problem.js'
import { referenceModel, solveReference } from './solve-reference.js'

/** The constraints of the reference by name, as they stand in its text. */
const constraints = new Map(
  [...referenceModel.matchAll(/^s\.t\. (\w+)[\s\S]*?;\n/gm)].map(([text, name]) => [name as string, text])
)

/** A random Problem, by its seed, that has other optima when the constraint is left out. */
const shownBy: Readonly<Record<string, number>> = {
  once: 147,
  running: 1,
  coming: 12,
  headroom: 78,
  selector: 12,
  cordon: 1,
  startup_room: 46,
  empty: 14,
  unready: 49,
  gang_stays: 102,
  active: 1,
  kept: 14,
  room: 3,
  same_devices: 17,
  device_room: 17,
  places: 8,
  anti_affinity: 19,
  conflict_left: 8,
  conflict_right: 8,
  used_if: 220,
  used_only_if: 65,
  affinity: 220,
  spread_unlabelled: 14,
  spread_domains: 65,
  spread_few: 65,
  spread_skew: 124,
  at_least: 92,
  migrations: 197,
  migrations_each: 7,
  moves: 1,
  moves_paid: 74,
  all_broken: 2,
  all_money: 1,
  reached_broken: 2,
  reached_unplaced: 67,
  reached_money: 1
}

/** What a Problem asks beyond constraints, and a random Problem that has other optima without it. */
const wishes: readonly [wish: string, seed: number, without: (problem: Problem) => Problem][] = [
  ['nodes to buy', 19, (problem) => ({ ...problem, nodeTypes: [] })],
  ['a horizon', 20, (problem) => ({ ...problem, objective: { horizonHours: null, moveCostPrice: 0 } })],
  ['best effort', 17, (problem) => ({ ...problem, pending: 'required' })],
  [
    'priorities',
    156,
    (problem) => ({
      ...problem,
      deployments: problem.deployments.map((deployment) => ({ ...deployment, priority: -deployment.priority }))
    })
  ]
]

const glpsol = needTool('glpsol')

/** A Problem that needs a constraint. Of the pair that says who may join what is broken, each half means nothing alone. */
function problemFor(name: string): Problem | undefined {
  const seed = shownBy[name]
  return seed === undefined ? rareProblems.get(name.replace(/_broken$/, '_joined')) : referenceProblem(seed)
}

describe('of the reference', () => {
  test.each([...constraints.keys()])('%s cannot be left out unnoticed', async (name) => {
    const gangsMove = name === 'gang_moves'
    const problem = gangsMove ? splitGang : problemFor(name)
    if (problem === undefined) throw new Error('there is no Problem that needs this constraint')
    const model = referenceModel.replace(constraints.get(name) as string, '')
    const [whole, less] = await Promise.all([
      solveReference(glpsol, problem, { gangsMove }),
      solveReference(glpsol, problem, { gangsMove, model })
    ])
    expect(firstDifference(less, whole)).not.toBeNull()
  })
})

test.each(wishes)('%s cannot be left out unnoticed', async (_, seed, without) => {
  const problem = referenceProblem(seed)
  const [whole, less] = await Promise.all([problem, without(problem)].map((of) => solveReference(glpsol, of)))
  expect(whole).not.toBeNull()
  // The levels of other priorities bear other names: what is reached in the end is compared.
  const kept = (optima: LevelOptima | undefined) => [optima?.get('total'), optima?.get('moves')]
  expect(kept(less)).not.toEqual(kept(whole))
})
