import fc from 'fast-check'
import { expect, test } from 'vitest'
import { InputError, parseResult, type Step, verifyResult } from '../../models/index.js'
import { answer, cluster, move, node } from './answers.js'
import * as golden from './golden-plans.js'

const numbers: [string, unknown][] = [
  ['NaN', Number.NaN],
  ['infinite', Number.POSITIVE_INFINITY],
  ['negative', -1],
  ['huge', 1e300],
  ['text', '1']
]

test.each(numbers)('a number that is %s is refused on reading', (_, value) => {
  const { result } = golden.aMove()
  const steps = result.plan.steps.map((step) => ({ ...step, startSeconds: value }))
  expect(() => parseResult({ ...result, plan: { ...result.plan, steps } })).toThrow(InputError)
})

test('−0 is read as 0', () => {
  const { result } = golden.aMove()
  expect(Object.is(parseResult({ ...result, gap: -0 }).gap, 0)).toBe(true)
})

const ids = fc.constantFrom(
  'a',
  'b',
  'c',
  'web-0',
  'web-1',
  'x-0',
  'y-0',
  'm-start',
  '__proto__',
  'constructor',
  'nobody'
)
const actions = fc.constantFrom('cordon', 'uncordon', 'provision', 'start', 'shift', 'drain', 'stop', 'release')

test('any steps at all get a list of violations, never an error', () => {
  const step = fc
    .record({
      action: actions,
      replica: ids,
      node: ids,
      to: ids,
      after: fc.array(ids, { maxLength: 2 }),
      at: fc.nat(200)
    })
    .map(({ action, replica, node, to, after, at }) => {
      const times = { after, startSeconds: at, endSeconds: at + 60 }
      if (action === 'shift') return { action, replica, from: node, to, ...times }
      return ['start', 'drain', 'stop'].includes(action)
        ? { action, replica, node, ...times }
        : { action, node, ...times }
    })
  const changes = fc.array(fc.tuple(fc.nat(20), step, fc.boolean()), { minLength: 1, maxLength: 4 })
  fc.assert(
    fc.property(fc.constantFrom(...Object.values(golden)), changes, (make, list) => {
      const { problem, result } = make()
      const steps = [...result.plan.steps]
      for (const [place, draft, replaces] of list) {
        const at = place % steps.length
        steps.splice(at, replaces ? 1 : 0, { id: steps[at]?.id ?? 'new', ...draft } as Step)
      }
      expect(verifyResult(problem, { ...result, plan: { ...result.plan, steps } }).length).toBeGreaterThan(0)
    }),
    { seed: 4, numRuns: 300 }
  )
})

test('a chain of 2,000 moves of one deployment is replayed', () => {
  const size = 2_000
  const devices = { gpu: [0] }
  const problem = cluster({
    nodes: Array.from({ length: size + 1 }, (_, index) => node(`n${index}`, { capacity: { gpu: 1 } })),
    deployments: [{ id: 'web', demand: { gpu: 1 }, maxSurge: 1 }],
    replicas: Array.from({ length: size }, (_, index) => ({
      id: `web-${index}`,
      deployment: 'web',
      node: `n${index + 1}`,
      devices
    }))
  })
  const chain = (waitsFor: 'stop' | 'drain') =>
    answer(problem, {
      placement: problem.replicas.map(({ id }, index) => ({ replica: id, node: `n${index}`, devices })),
      steps: [
        { id: 'cordon', action: 'cordon', node: `n${size}` },
        ...problem.replicas.flatMap(({ id }, index) =>
          move(
            `m${index}`,
            id,
            `n${index + 1}`,
            `n${index}`,
            index === 0 ? ['cordon'] : [`m${index - 1}-${waitsFor}`],
            { devices }
          )
        ),
        { id: 'release', action: 'release', node: `n${size}`, after: [`m${size - 1}-stop`] }
      ],
      costPerHour: size,
      activeNodes: size,
      migrations: size,
      initial: { costPerHour: size, activeNodes: size }
    })
  expect(verifyResult(problem, chain('stop'))).toEqual([])
  const codes = new Set(verifyResult(problem, chain('drain')).map(({ code }) => code))
  expect(codes).toEqual(new Set(['capacity', 'devices', 'surge']))
})
