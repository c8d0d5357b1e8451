import { describe, expect, test } from 'vitest'
import type { ProblemInput } from '../../models/contract/problem.js'
import { planOf } from './plan-of.js'
import { deployment, node, replica } from './small-clusters.js'

type Migration = NonNullable<ProblemInput['migration']>

/** i and j trade places on two full nodes; another node may be rented, one is there, one copy may be missing. */
function trade(migration: Migration, more: { readonly spare?: boolean; readonly maxUnavailable?: number } = {}) {
  return planOf(
    {
      nodes: [node('a', 1), node('b', 1), ...(more.spare === true ? [node('spare', 1, { releasable: false })] : [])],
      nodeTypes: [{ type: 't', capacity: { cpu: 1 }, costPerHour: 36, maxNew: 2, provisionSeconds: 100 }],
      deployments: [
        deployment('i', 1, { maxUnavailable: more.maxUnavailable ?? 0, startupSeconds: 20, drainSeconds: 10 }),
        deployment('j', 1, { startupSeconds: 20, drainSeconds: 10 })
      ],
      replicas: [replica('i-0', 'a'), replica('j-0', 'b')],
      migration
    },
    { 'i-0': 'b', 'j-0': 'a' }
  )
}

const usedRungs = ({ plan }: ReturnType<typeof trade>) => (plan.rungs ?? []).map(({ rung }) => rung)

describe('rent', () => {
  test('a node is provisioned, used in passing and given back, and the rent is the price', () => {
    const plan = trade({ rungs: ['reorder', 'hop', 'rent'] })
    expect(plan.violations).toEqual([])
    expect(plan.plan.status).toBe('complete')
    // 100 s to get it, one move to it, the other to the room left, and the way home: 190 s at 36 an hour.
    expect(plan.plan.rungs).toEqual([
      { rung: 'rent', moves: 1, extraMigrations: 1, extraMoveCost: 1, rentCost: expect.closeTo(1.9, 9) }
    ])
    expect(plan.precedes('provision:new-t-1', plan.plan.steps.find(({ action }) => action === 'start')?.id ?? '')).toBe(
      true
    )
    expect(plan.list('release')).toEqual(['new-t-1'])
    expect(plan.releasedNodes).toEqual([])
  })

  test('is not done without being allowed, nor without hops', () => {
    for (const rungs of [
      ['reorder', 'hop', 'cut'],
      ['reorder', 'rent', 'cut']
    ] as const) {
      const plan = trade({ rungs: [...rungs] })
      expect(plan.plan).toMatchObject({ status: 'partial', steps: [] })
      expect(plan.violations).toEqual([])
    }
  })
})

describe('stop-first', () => {
  test('the copy that may be missing goes before its successor starts, and the time without it is the price', () => {
    const plan = trade({ rungs: ['reorder', 'stop-first'] }, { maxUnavailable: 1 })
    expect(plan.violations).toEqual([])
    expect(plan.plan.status).toBe('complete')
    expect(plan.migrations).toBe(2)
    // i drains for 10 s, j starts and drains in 30 s, i starts in 20 s.
    expect(plan.plan.rungs).toEqual([
      { rung: 'stop-first', moves: 1, extraMigrations: 0, extraMoveCost: 0, downSeconds: 60 }
    ])
    expect(plan.precedes('stop:i-0@a', 'start:j-0@a')).toBe(true)
    expect(plan.precedes('stop:j-0@b', 'start:i-0@b')).toBe(true)
    expect(plan.list('shift')).toEqual(['j-0@b->a'])
  })

  test('not where every copy must be ready', () => {
    expect(trade({ rungs: ['reorder', 'stop-first', 'cut'] }).plan.status).toBe('partial')
  })

  test('the level final allows it unasked, as far as availability does', () => {
    const plan = trade({ level: 'final', rungs: ['cut'] }, { maxUnavailable: 1 })
    expect(plan.violations).toEqual([])
    expect([plan.plan.status, usedRungs(plan)]).toEqual(['complete', ['stop-first']])
    expect(trade({ level: 'final', rungs: ['cut'] }).plan.status).toBe('partial')
  })
})

describe('the order of the rungs', () => {
  test.each([
    [['hop', 'rent', 'stop-first'], 'hop'],
    [['rent', 'hop', 'stop-first'], 'rent'],
    [['stop-first', 'hop', 'rent'], 'stop-first'],
    [['stop-first', 'rent', 'hop', 'cut'], 'stop-first'],
    [['rent', 'stop-first', 'hop', 'cut'], 'rent']
  ] as const)('of %j the first that helps is %s', (rungs, used) => {
    const plan = trade({ rungs: [...rungs] }, { spare: true, maxUnavailable: 1 })
    expect(plan.violations).toEqual([])
    expect([plan.plan.status, usedRungs(plan)]).toEqual(['complete', [used]])
  })

  test('cut is the last resort wherever it stands', () => {
    const plan = trade({ rungs: ['cut', 'stop-first'] }, { spare: true, maxUnavailable: 1 })
    expect([plan.plan.status, usedRungs(plan)]).toEqual(['complete', ['stop-first']])
  })
})

describe('without cut', () => {
  const cluster = {
    nodes: [node('a', 1), node('b', 1), node('c', 1), node('d', 1)],
    deployments: ['i', 'j', 'k'].map((id) => deployment(id, 1)),
    replicas: [replica('i-0', 'a'), replica('j-0', 'b'), replica('k-0', 'c')]
  }
  const ends = { 'i-0': 'b', 'j-0': 'a', 'k-0': 'd' }

  test('all is done or nothing', () => {
    const plan = planOf({ ...cluster, migration: { rungs: ['reorder'] } }, ends)
    expect(plan.violations).toEqual([])
    expect(plan.plan.steps.filter(({ action }) => action === 'start')).toEqual([])
    expect(plan.cut.moves.map(({ replica: who, reason }) => [who, reason])).toEqual([
      ['i-0', 'blocked'],
      ['j-0', 'blocked'],
      ['k-0', 'all-or-nothing']
    ])
  })

  test('with it, the others move', () => {
    const plan = planOf({ ...cluster, migration: { rungs: ['reorder', 'cut'] } }, ends)
    expect(plan.violations).toEqual([])
    expect(plan.list('start')).toEqual(['k-0@d'])
  })
})
