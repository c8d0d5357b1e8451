import { expect, test } from 'vitest'
import { renderSimulation } from '../../src/report/text/simulation.js'
import { simulate } from '../../src/simulation/simulate.js'
import type { Simulation } from '../../src/simulation/simulation.js'
import type { SimulatedStep } from '../../src/simulation/timeline.js'
import { sampleProblem, sampleResult } from './sample-result.js'

const calm = await simulate(sampleProblem(), sampleResult())

type Changes = Partial<Omit<Simulation, 'execution'>> & { execution?: Partial<Simulation['execution']> }

function render(changes: Changes, all = false): string {
  return renderSimulation({ ...calm, ...changes, execution: { ...calm.execution, ...changes.execution } }, all)
}

type Timed = readonly [action: SimulatedStep['action'], node: string, start: number | null, end: number | null]

function step(
  replica: string | undefined,
  [action, node, startSeconds, endSeconds]: Timed,
  state: SimulatedStep['state'] = startSeconds === null ? 'cancelled' : 'done'
): SimulatedStep {
  const id = `${action}:${replica ?? ''}@${node}`
  const times = {
    plannedStartSeconds: 0,
    plannedEndSeconds: 0,
    startSeconds,
    endSeconds,
    attempts: startSeconds === null ? 0 : 1
  }
  return { id, action, node, ...(replica === undefined ? {} : { replica }), ...times, state }
}

const died = (node: string, ...replicas: string[]) => ({ kind: 'node-died', node, replicas, atSeconds: 1 }) as const

test('a headline says by which migrations the breaker tripped', () => {
  const message = '6 of the last 10 migrations failed'
  const halted = { kind: 'executor-halted', reason: 'tripped', message, atSeconds: 65 } as const
  const text = render({
    isAsPlanned: false,
    events: [halted],
    execution: { outcome: 'tripped', halt: { reason: 'tripped', message, seconds: 65 } }
  })
  expect(text).toMatch(
    /: ended early, since 6 of the last 10 migrations failed, ends elsewhere; no limit was broken\.\n/
  )
  expect(text).toContain(
    '  1:05  the breaker trips, no further migration is begun: 6 of the last 10 migrations failed\n'
  )
})

test('where replicas are lost, the headline does not read as if all were well', () => {
  const text = render({
    isAsPlanned: false,
    events: [died('n1', 'b-0', 'b-1', 'c-0'), died('n2', 'chat-0')],
    execution: { outcome: 'failed', lostReplicas: ['chat-0'] }
  })
  expect(text).toContain('ends elsewhere, with 4 replicas lost; no limit was broken.')
  expect(text).toContain('2 nodes died, with 3 replicas the plan does not touch, 1 replica of the plan lost')
})

test('a replica that died unknown to the executor is lost, too, one that has another copy is not', () => {
  const placement = calm.placement.filter(({ replica }) => replica !== 'chat-0')
  const events = [died('n1', 'chat-0', 'chat-1')]
  const text = render({ isAsPlanned: false, events, placement })
  expect(text).toContain('completed, ends elsewhere, with 1 replica lost; no limit was broken.')
  expect(text).toContain('1 node died, 1 replica of the plan lost\n')
})

test('after a violation no limit is said to have held', () => {
  const violation = { code: 'capacity', where: 'n1', amount: 1, message: 'too full', atSeconds: 1, by: 'x' }
  expect(render({ isAsPlanned: false, violations: [violation] })).toMatch(/, ends elsewhere\.\n/)
  expect(render({ isAsPlanned: false, isLegal: false })).toMatch(/, ends half-done\.\n/)
})

test('rented nodes that stay are named', () => {
  const provision = step(undefined, ['provision', 'new-spare-1', 0, 10])
  const text = render({ steps: [provision], execution: { unreturnedNodes: ['new-spare-1'] } })
  expect(text).toContain(', 1 rented node stays: new-spare-1\n')
  expect(text).toMatch(/node new-spare-1 .* still rented\n/)
  const many = render({ execution: { unreturnedNodes: ['a', 'b', 'c', 'd'] } })
  expect(many).toContain('4 rented nodes stay: a, b, c, …\n')
})

test('what an executor sees before a start is told, and why it ends early, however much went wrong', () => {
  const message = 't4-1 has 42.07 memory free, expected 64'
  const many = Array.from({ length: 30 }, (_, index) => ({ ...died(`n${index}`), atSeconds: index }))
  const refused = { kind: 'change-observed', step: 's3', message, atSeconds: 0 } as const
  const halted = { kind: 'executor-halted', reason: 'changed', message, atSeconds: 40 } as const
  const text = render({ events: [refused, ...many, halted] })
  expect(text).toContain(`  0:00  chat-0 is not started: ${message}\n`)
  expect(text).toContain(
    `  0:40  no further migration is begun, since the cluster changed: ${message}\n  … and 19 more;`
  )
})

/** a stops before it starts where b was. */
const comeback = (...start: Timed) => [
  step('a', ['drain', 'n1', 0, 10]),
  step('a', ['stop', 'n1', 10, 10]),
  step('a', start)
]

test('who stops first has one row, with the time in which nothing of it serves', () => {
  const text = render({ seconds: 100, steps: comeback('start', 'n2', 50, 100) })
  const rows = text.split('\n').filter((line) => /^ {2}a /.test(line))
  expect(rows).toHaveLength(1)
  expect(rows[0]).toMatch(/^ {2}a +n1 +n2 +0:00 +1:40 {2}▓+×+░+ +done$/)
  expect(text).toContain('× down')
})

test('who stopped first and did not come back is down to the end, and lost', () => {
  const move = { replica: 'a', from: null, to: 'n2', outcome: 'lost' } as const
  const execution = { outcome: 'failed', lostReplicas: ['a'], moves: [move] } as const
  const text = render({ seconds: 100, steps: comeback('start', 'n2', null, null), execution })
  expect(text).toMatch(/\n {2}a +n1 +n2 +0:00 +0:10 {2}▓+×{20,} +lost\n/)
})

test('who comes back twice has two rows', () => {
  const text = render({
    seconds: 100,
    steps: [
      ...comeback('start', 'n2', 20, 30),
      step('a', ['drain', 'n2', 40, 50]),
      step('a', ['stop', 'n2', 50, 50]),
      step('a', ['start', 'n3', 60, 70])
    ]
  })
  expect(text.split('\n').filter((line) => /^ {2}a .*×/.test(line))).toHaveLength(2)
})

test('a node that died says so', () => {
  const text = render({ steps: [step(undefined, ['cordon', 'n1', 0, 1])], events: [died('n1')] })
  expect(text).toMatch(/node n1 .* died\n/)
})

test('where not all rows are shown, those that failed come first', () => {
  const steps = Array.from({ length: 30 }, (_, index) =>
    step(`r${index}`, ['start', 'n1', index, index + 1], index === 25 ? 'undone' : 'done')
  )
  const rows = (all: boolean) => render({ steps }, all).match(/^ {2}r\d+/gm)
  expect(rows(false)).toEqual(['  r25', ...Array.from({ length: 9 }, (_, index) => `  r${index}`)])
  expect(rows(true)?.[25]).toBe('  r25')
  expect(render({ steps })).toContain('… and 20 more rows; --all shows them; what failed stands first')
})
