import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseProblem } from '../../models/contract/parse.js'
import { formulatePatterns, type PatternProblem } from '../../models/formulations/pattern-problem.js'
import { compileInstance } from '../../models/instance/compile.js'
import { listMaximalContents } from '../../src/solvers/fleet/maximal-contents.js'
import { loadHighs } from '../../src/solvers/highs/runtime.js'
import { Effort } from '../../src/solvers/patterns/effort.js'
import { copyWorths, type Prices } from '../../src/solvers/patterns/lagrangian-bound.js'
import { PatternPricing } from '../../src/solvers/patterns/pattern-pricing.js'

const deployment = fc.record({
  cpu: fc.constantFrom(1, 2, 2.5),
  gpu: fc.constantFrom(0, 0.3, 0.4, 0.5, 0.7, 1, 2),
  most: fc.constantFrom(undefined, 1, 2)
})

const drawn = fc.record({
  deployments: fc.array(deployment, { minLength: 1, maxLength: 3 }),
  types: fc.array(fc.record({ cpu: fc.constantFrom(2, 5, 8), gpu: fc.nat(2) }), { minLength: 1, maxLength: 2 }),
  rule: fc.constantFrom('none', 'anti-affinity', 'conflict')
})

type Drawn = typeof drawn extends fc.Arbitrary<infer Value> ? Value : never

function problemOf({ deployments, types, rule }: Drawn): PatternProblem {
  const ids = deployments.map((_, index) => `d${index}`)
  const problem = parseProblem({
    schemaVersion: 1,
    nodes: [],
    nodeTypes: types.map(({ cpu, gpu }, index) => ({
      type: `t${index}`,
      capacity: { cpu, gpu },
      costPerHour: 1 + index,
      maxNew: 1
    })),
    deployments: deployments.map(({ cpu, gpu, most }, index) => ({
      id: `d${index}`,
      replicas: 4,
      demand: { cpu, gpu },
      ...(most === undefined ? {} : { maxReplicasPerNode: most })
    })),
    replicas: [],
    rules: [
      ...(rule === 'anti-affinity' ? [{ kind: 'anti-affinity' as const, deployments: ids, max: 3 }] : []),
      ...(rule === 'conflict' && ids.length > 1
        ? [{ kind: 'conflict' as const, between: [[ids[0]], [ids[1]]] as [string[], string[]] }]
        : [])
    ]
  })
  return formulatePatterns(compileInstance(problem))
}

/** All contents of a type that fit, by trying. */
function everyContents({ deployments, types, rule }: Drawn, kind: number): number[][] {
  const { cpu, gpu } = types[kind] as Drawn['types'][number]
  const descend = (counts: readonly number[]): number[][] => {
    if (counts.length === deployments.length) return fits(counts) ? [[...counts]] : []
    return [0, 1, 2, 3, 4].flatMap((copies) => descend([...counts, copies]))
  }
  const fits = (counts: readonly number[]) => {
    const shares: number[] = []
    let used = 0
    for (const [index, copies] of counts.entries()) {
      const item = deployments[index] as Drawn['deployments'][number]
      used += copies * item.cpu
      for (let copy = 0; copy < copies; copy++) shares.push(...(item.gpu > 1 ? [1, 1] : [item.gpu]))
      if (copies > (item.most ?? Infinity)) return false
    }
    if (used > cpu + 1e-9 || (rule === 'conflict' && (counts[0] as number) * (counts[1] ?? 0) > 0)) return false
    if (rule === 'anti-affinity' && counts.reduce((sum, copies) => sum + copies, 0) > 3) return false
    return seat(
      shares.filter((share) => share > 0).sort((one, other) => other - one),
      new Array<number>(gpu).fill(1)
    )
  }
  return descend([])
}

function seat([share, ...others]: readonly number[], room: readonly number[]): boolean {
  if (share === undefined) return true
  return room.some(
    (left, device) =>
      left >= share - 1e-9 &&
      seat(
        others,
        room.map((one, index) => (index === device ? one - share : one))
      )
  )
}

describe('all maximal contents of a node', () => {
  test('are those that fit and to which nothing can be added', () => {
    let listed = 0
    fc.assert(
      fc.property(drawn, (one) => {
        const problem = problemOf(one)
        const lists = listMaximalContents(problem)
        // Devices that may or may not have room are a reason to list nothing.
        if (lists === null) return
        listed++
        // Types that nothing fits are no kinds; their order stays.
        const kinds = one.types.map((_, kind) => kind)
        expect(lists).toHaveLength(kinds.length)
        for (const kind of kinds) {
          const all = everyContents(one, kind)
          const maximal = all.filter(
            (counts) =>
              !all.some(
                (other) => other !== counts && counts.every((copies, item) => copies <= (other[item] as number))
              )
          )
          const keys = (contents: readonly ArrayLike<number>[]) =>
            contents.map((counts) => Array.from(counts).join()).sort()
          expect(keys(lists[kind] ?? [])).toEqual(keys(maximal))
        }
      })
    )
    expect(listed).toBeGreaterThan(50)
  })

  test('are worth what the search for patterns says', async () => {
    const highs = await loadHighs()
    fc.assert(
      fc.property(
        drawn,
        fc.array(fc.double({ min: 0, max: 3, noNaN: true }), { minLength: 3, maxLength: 3 }),
        (one, values) => {
          const problem = problemOf(one)
          const lists = listMaximalContents(problem)
          if (lists === null) return
          const prices: Prices = {
            copy: Float64Array.from(values.slice(0, problem.deployments)),
            link: new Float64Array(0)
          }
          const pricing = new PatternPricing(highs, problem, new Effort(() => false))
          try {
            const rents = { kindRent: problem.cost.map((cost) => -cost), groupRent: new Float64Array(0) }
            const { worths } = pricing.price(problem, prices, rents, 2)
            for (const [kind, list] of lists.entries()) {
              const worth = copyWorths(problem, prices, kind)
              const most = Math.max(
                0,
                ...list.map((counts) => counts.reduce((sum, copies, item) => sum + copies * (worth[item] as number), 0))
              )
              expect(worths?.plain[kind]).toBeCloseTo(most, 6)
            }
          } finally {
            pricing.dispose()
          }
        }
      ),
      { numRuns: 50 }
    )
  })
})
