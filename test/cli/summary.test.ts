import { stripVTControlCharacters } from 'node:util'
import { describe, expect, test } from 'vitest'
import type { Step } from '../../models/contract/plan.js'
import type { Result } from '../../models/contract/result.js'
import { displayWidth } from '../../src/report/text/layout.js'
import { describeSearch } from '../../src/report/text/proof.js'
import { ansiStyle } from '../../src/report/text/style.js'
import { renderSummary } from '../../src/report/text/summary.js'
import { sampleProblem, sampleResult } from './sample-result.js'

const render = (changes: Partial<Result>, problem = sampleProblem()) => renderSummary(problem, sampleResult(changes))

const timing = { after: [], startSeconds: 0, endSeconds: 0 }
const cordon = { ...timing, action: 'cordon' as const }
const drain = { ...timing, action: 'drain' as const, node: 'n', startSeconds: 5, endSeconds: 6 }

describe('the summary of a Result', () => {
  test('a plan that is proven optimal', () => {
    expect(render({})).toMatchInlineSnapshot(`
      "sample  3 nodes, 2 replicas of 1 deployment

        Cost per hour    23.40  →  1.50   saves 21.90 (93.6 %), 15,987 a month, 191,844 a year
        with idle nodes  24.90  →  1.50   saves 23.40 (94.0 %)
        Active nodes         2  →     1   2 released, 1 idle until now: large, idle
        Migrations                    1   move cost 1, the least at this cost

        Proof      proven optimal: no placement costs less than 1.50 an hour
                   found by mixed-integer programming (highs), finished after 0.4 s
        Migration  1 min 30 s in 7 steps, at most 16 migrations in flight

      Steps
        begins  ends  action   replica  node
          0:00  0:00  cordon            large
          0:00  0:00  release           idle
          0:00  1:00  start    chat-0   small (gpu 0)
          1:00  1:00  shift    chat-0   large → small
          1:00  1:30  drain    chat-0   large
          1:30  1:30  stop     chat-0   large
          1:30  1:30  release           large
      "
    `)
  })

  test('who found the placement and who proved the bound', () => {
    const solve = (searches: Result['solve']['searches'], last = 'neighbourhoods') => ({
      ...sampleResult().solve,
      searches,
      incumbents: [{ seconds: 0.1, costPerHour: 1.5, bound: 0, search: last, producer: 'local-search' }]
    })
    const said = (changes: Partial<Result>) => describeSearch(sampleResult(changes))
    const found = { seconds: 1, incumbents: 1 }
    const model = { ...found, name: 'compact-model', bound: 1.5 }
    const type = { ...found, name: 'bound-by-type', bound: 1.4 }
    const covering = { ...found, name: 'covering-bound', bound: 1.5 }
    expect([
      said({ producer: 'local-search', solve: solve([type, model]) }),
      said({ producer: 'mip', solve: solve([type, model]) }),
      said({ producer: 'greedy', solve: solve([model]) }),
      said({ producer: 'greedy', solve: solve([covering, type]) }),
      said({ producer: 'local-search', solve: solve([model], 'start') }),
      // What is paid whatever happens is proven by nobody.
      said({ producer: 'greedy', solve: solve([type]) })
    ]).toMatchInlineSnapshot(`
      [
        "found by local search (highs), bound by mixed-integer programming, finished after 0.4 s",
        "found and bounded by mixed-integer programming (highs), finished after 0.4 s",
        "found by greedy packing, bound by mixed-integer programming (highs), finished after 0.4 s",
        "found by greedy packing, bound by the sum of all demands, finished after 0.4 s",
        "given as the start (local search), bound by mixed-integer programming (highs), finished after 0.4 s",
        "found by greedy packing, finished after 0.4 s",
      ]
    `)
  })

  test('a plan with a gap, without room, with remarks', () => {
    const summary = render({
      termination: 'time-limit',
      producer: 'greedy',
      objective: { costPerHour: 1187.02, moveCost: 41, migrations: 38, activeNodes: 74, total: 1187.02 },
      bound: { costPerHour: 1152.6, total: 1152.6 },
      gap: 0.029,
      initial: { costPerHour: 1253.33, activeNodes: 101, listedCostPerHour: 1253.33 },
      unplaced: [{ replica: 'chat-9', deployment: 'chat' }],
      violations: [{ code: 'capacity', where: 'large', amount: 2, message: '50 of 48 cpu are used' }],
      plan: { ...sampleResult().plan, status: 'partial' },
      explanation: {
        nodes: [
          { node: 'a', code: 'no-room-elsewhere' },
          { node: 'b', code: 'not-proven' },
          { node: 'c', code: 'no-room-elsewhere' }
        ],
        held: [{ replica: 'chat-1', code: 'gang' }],
        notes: ['gangs are kept where they are']
      }
    })
    expect(summary).toMatchInlineSnapshot(`
      "sample  3 nodes, 2 replicas of 1 deployment

        Cost per hour  1,253.33  →  1,187.02   saves 66.31 (5.3 %), 48,406 a month, 580,876 a year
        Active nodes        101  →        74   2 released, 1 idle until now: large, idle
        Migrations                        38   move cost 41

        Proof            within 2.9 % of the optimum: no placement costs less than 1,152.60 an hour
                         found by greedy packing, search ended after 0.4 s
        Migration        1 min 30 s in 7 steps, at most 16 migrations in flight
                         partial: a safe part of what was wished for
        Nodes that stay  2 without room elsewhere, 1 that more search might release

      1 violation
        capacity at large: 50 of 48 cpu are used

      1 replica without a place
        chat-9, of chat

      1 replica held in place
        chat-1: member of a gang

      Notes
        gangs are kept where they are

      Steps
        begins  ends  action   replica  node
          0:00  0:00  cordon            large
          0:00  0:00  release           idle
          0:00  1:00  start    chat-0   small (gpu 0)
          1:00  1:00  shift    chat-0   large → small
          1:00  1:30  drain    chat-0   large
          1:30  1:30  stop     chat-0   large
          1:30  1:30  release           large
      "
    `)
  })

  test('a cluster that is best left as it is', () => {
    const objective = { costPerHour: 23.4, moveCost: 0, migrations: 0, activeNodes: 2, total: 23.4 }
    const initial = { costPerHour: 23.4, activeNodes: 2, listedCostPerHour: 23.4 }
    const plan = { status: 'complete' as const, steps: [], makespanSeconds: 0 }
    const bound = { costPerHour: 23.4, total: 23.4 }
    expect(render({ objective, initial, plan, bound, releasedNodes: [] })).toMatchInlineSnapshot(`
      "sample  3 nodes, 2 replicas of 1 deployment

        Cost per hour  23.40  →  23.40   as before
        Active nodes       2  →      2
        Migrations                   0

        Proof      proven optimal: no placement costs less than 23.40 an hour
                   found by mixed-integer programming (highs), finished after 0.4 s
        Migration  nothing to do
      "
    `)
  })

  test('an infeasible problem', () => {
    const summary = render({
      termination: 'infeasible',
      primalStatus: 'none',
      explanation: { conflict: [{ path: 'rules[2].minDomains', message: 'needs 3 zones, the nodes have 2' }] }
    })
    expect(summary).toMatchInlineSnapshot(`
      "sample  3 nodes, 2 replicas of 1 deployment

      Infeasible: no placement is allowed by everything that the problem asks for.

      These cannot hold together
        rules[2].minDomains: needs 3 zones, the nodes have 2
      "
    `)
  })

  test('nothing found in time', () => {
    const explanation = { notes: ['no placement was found in time'] }
    const summary = render({ termination: 'time-limit', primalStatus: 'none', producer: undefined, explanation })
    expect(summary).toMatchInlineSnapshot(`
      "sample  3 nodes, 2 replicas of 1 deployment

      Nothing found: search ended after 0.4 s.

      Notes
        no placement was found in time
      "
    `)
  })

  test('rules that stay broken, each place said once', () => {
    const message = 'members in 1 domain, at least 2 wanted'
    const violation = { code: 'spread', where: 'rules[0]', amount: 1 }
    const summary = render({ violations: [{ ...violation, message: `rules[0]: ${message}` }] })
    expect(summary).toContain(`1 violation\n  spread at rules[0]: ${message}\n`)
  })
})

describe('what a summary must not do', () => {
  test('say that a gap is closed when it is not', () => {
    const bound = { costPerHour: 1.499996, total: 1.499996 }
    expect(render({ termination: 'gap-limit', gap: 2.7e-6, bound })).toContain('within 0.00027 % of the optimum')
  })

  test('take a missing bound for a good one', () => {
    expect(render({ bound: { costPerHour: 0, total: 0 }, gap: 1 })).toContain('no bound proven')
  })

  test('hide that a plan costs more', () => {
    const initial = { costPerHour: 1, activeNodes: 1, listedCostPerHour: 1 }
    expect(render({ initial })).toContain('costs 0.50 more')
  })

  test('let a name drive the terminal or break the table', () => {
    const evil = `\x1b[2J\u202e\n${'long'.repeat(100)}`
    const { plan } = sampleResult()
    const steps = plan.steps.map((step) => ('replica' in step ? { ...step, replica: evil } : step))
    const summary = render({ plan: { ...plan, steps } }, sampleProblem({ name: evil }))
    expect(summary).toContain('\\u001b[2J\\u202e\\u000a')
    for (const control of ['\x1b', '\u202e']) expect(summary).not.toContain(control)
    expect(Math.max(...summary.split('\n').map(displayWidth))).toBeLessThanOrEqual(100)
  })

  test('change a column when it is coloured', () => {
    const coloured = renderSummary(sampleProblem(), sampleResult(), ansiStyle)
    expect(coloured).toContain('\x1b[')
    expect(stripVTControlCharacters(coloured)).toBe(renderSummary(sampleProblem(), sampleResult()))
  })
})

test('steps alike on several nodes share a row, and what is not shown is counted', () => {
  const cordons = Array.from({ length: 5 }, (_, index) => ({ ...cordon, id: `c${index}`, node: `n${index}` }))
  const drains = Array.from({ length: 20 }, (_, index) => ({ ...drain, id: `d${index}`, replica: `r${index}` }))
  const summary = render({ plan: { ...sampleResult().plan, steps: [...drains, ...cordons] } })
  expect(summary).toContain('  begins  ends  action  replica  node\n    0:00  0:00  cordon           n0 and 4 more\n')
  expect(summary).toMatch(/ r8 .*\n {2}… and 11 more steps\n$/)
})

test('a placement that was given is not praised', () => {
  const result = { ...sampleResult(), termination: 'time-limit' as const, producer: 'initial' as const, gap: 1 }
  const explanation = { nodes: [{ node: 'small', code: 'not-proven' as const }] }
  const summary = render({ ...result, solve: { ...result.solve, solver: 'none' }, explanation })
  expect(summary).toMatch(/^ {2}Placement +given\n {2}Migration +1 min 30 s in 7 steps/m)
  expect(summary).not.toMatch(/Proof|found by|Nodes that stay/)
})

test('many nodes are told by type, as far as they have one', () => {
  const types = ['g5', 'g5', 'p4d', 'g5', 'p4d', undefined, undefined]
  const nodes = types.map((type, index) => ({
    ...(type === undefined ? {} : { type }),
    id: `n${index}`,
    capacity: { cpu: 8, gpu: 1 },
    costPerHour: 1
  }))
  const replicas = [{ id: 'chat-0', deployment: 'chat', node: null }]
  const released = nodes.map(({ id }) => id)
  const changes = { releasedNodes: released }
  const typed = render(changes, sampleProblem({ nodes, replicas })).replace(/\s+/g, ' ')
  expect(typed).toContain('7 released, 7 idle until now: 3 × g5, 2 × p4d, 2 others')
  const bare = nodes.map(({ type: _, ...node }) => node)
  const untyped = render(changes, sampleProblem({ nodes: bare, replicas })).replace(/\s+/g, ' ')
  expect(untyped).toContain('7 released, 7 idle until now: n0, n1, n2, n3, n4, n5, 1 other')
})

test('hops, new nodes and a horizon are told', () => {
  const { plan } = sampleResult()
  const again = plan.steps.flatMap((step): Step[] =>
    step.action === 'start' ? [step, { ...step, id: 's3b' }] : [step]
  )
  const summary = render(
    {
      plan: { ...plan, steps: again },
      newNodes: [
        { id: 'new-g5-1', type: 'g5' },
        { id: 'new-g5-2', type: 'g5', rented: true }
      ]
    },
    sampleProblem({ objective: { horizonHours: 24, moveCostPrice: 2 } })
  )
  expect(summary).toContain(', 1 hop\n')
  expect(summary.replace(/\s+/g, ' ')).toContain('1 bought: new-g5-1; 1 rented for the migration: new-g5-2')
  expect(summary).toContain('over 24 h no plan costs less than 1.50, moves included')
})
