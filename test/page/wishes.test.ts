import { describe, expect, test } from 'vitest'
import { parseProblem } from '../../models/contract/parse.js'
import { groupRows, noFilter, selectRows } from '../../src/page/cluster/group-rows.js'
import type { NodeRow } from '../../src/page/desk/views.js'
import { decidedOn, verdictOn, withVerdict } from '../../src/page/planning/verdicts.js'
import { applyWishes, wishesOf } from '../../src/page/planning/wishes.js'
import { twoNodes } from './problems.js'

describe('wishes', () => {
  test('that say what the Problem says change nothing', () => {
    const problem = parseProblem({ ...twoNodes(), budget: { maxMigrations: 3, maxMigrationsPerDeployment: 1 } })
    expect(applyWishes(problem, wishesOf(problem))).toEqual(problem)
  })

  test('are limits, pins, and what must become of nodes; what is made of them is a Problem', () => {
    const wished = applyWishes(twoNodes(), {
      maxMigrations: 0,
      maxMoveCost: 2.5,
      inFlight: null,
      startsPerNode: 1,
      pinnedDeployments: ['web'],
      emptiedNodes: ['a'],
      keptNodes: ['b', 'a']
    })
    expect(parseProblem(wished)).toEqual(wished)
    expect(wished).toMatchObject({
      budget: { maxMigrations: 0, maxMoveCost: 2.5 },
      migration: { limits: { inFlight: null, startsPerNode: 1 } },
      nodes: [
        { id: 'a', mustEmpty: true, releasable: true },
        { id: 'b', mustEmpty: false, releasable: false }
      ],
      replicas: [{ movable: false }, { movable: false }]
    })
  })

  test('take limits of the Problem away', () => {
    const problem = parseProblem({ ...twoNodes(), budget: { maxMigrations: 3 } })
    expect(applyWishes(problem, { ...wishesOf(problem), maxMigrations: null }).budget).toEqual({})
  })
})

test('a verdict on a replica replaces the one before, or takes it away', () => {
  const first = withVerdict({}, 'accept', 'x')
  const second = withVerdict(withVerdict(first, 'reject', 'y'), 'pin', 'x')
  expect(second).toEqual({ reject: ['y'], pin: ['x'] })
  expect([verdictOn(second, 'x'), verdictOn(second, 'y'), verdictOn(second, 'z')]).toEqual(['pin', 'reject', undefined])
  expect(withVerdict(second, null, 'x')).toEqual({ reject: ['y'] })
  const decisions = { accept: [{ replica: 'x', node: 'a' }], reject: [], pin: [{ replica: 'y' }] }
  expect([...decidedOn(decisions)]).toEqual(['x', 'y'])
})

describe('nodes', () => {
  const cell = {
    presence: 'there',
    isCordoned: false,
    copies: 0,
    starting: 0,
    draining: 0,
    shares: [],
    devices: []
  } as const
  const node = (id: string, type: string, costPerHour: number, fate: NodeRow['fate']): NodeRow => {
    return { id, type, costPerHour, fate, resources: [], before: cell }
  }
  const rows = [node('n1', 'small', 1, 'stays'), node('n2', 'Large', 9, 'released'), node('m3', 'small', 1, 'released')]

  test('are found by name or type and by what becomes of them', () => {
    expect(selectRows(rows, noFilter)).toEqual([0, 1, 2])
    expect(selectRows(rows, { ...noFilter, text: ' LARGE ' })).toEqual([1])
    expect(selectRows(rows, { ...noFilter, text: 'n', fate: 'released' })).toEqual([1])
  })

  test('are grouped, the dearest first', () => {
    expect(groupRows(rows, [0, 1, 2], 'type')).toEqual([
      { title: 'Large', rows: [1] },
      { title: 'small', rows: [0, 2] }
    ])
    expect(groupRows(rows, [0, 1, 2], 'fate').map(({ title }) => title)).toEqual(['released', 'stays'])
    expect(groupRows(rows, [], 'none')).toEqual([])
    // Not by whichever comes first.
    const mixed = [...rows, node('s4', 'mixed', 0, 'stays'), node('s5', 'mixed', 5, 'stays')]
    expect(groupRows(mixed, [0, 3, 1, 4], 'type').map(({ title }) => title)).toEqual(['Large', 'mixed', 'small'])
  })
})
