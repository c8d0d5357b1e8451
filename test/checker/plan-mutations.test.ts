import { expect, test } from 'vitest'
import { type Result, type Step, type ViolationCode, verifyResult } from '../../models/index.js'
import { answer, cluster, move, node } from './answers.js'
import * as golden from './golden-plans.js'

/** What is wrong, by code. */
function codesOf({ problem, result }: golden.Golden): string[] {
  return verifyResult(problem, result).map((violation) => violation.code)
}

/** A golden answer with one thing changed. */
function mutated(
  make: () => golden.Golden,
  mutate: (result: Result, step: (id: string) => Step) => void
): golden.Golden {
  const { problem, result } = make()
  const copy = structuredClone(result)
  mutate(copy, (id) => copy.plan.steps.find((step) => step.id === id) as Step)
  return { problem, result: copy }
}

function remove(result: Result, id: string): void {
  const gone = result.plan.steps.find((step) => step.id === id)
  result.plan.steps = result.plan.steps.filter((step) => step !== gone)
  for (const step of result.plan.steps) {
    if (step.after.includes(id))
      step.after = [...step.after.filter((earlier) => earlier !== id), ...(gone?.after ?? [])]
  }
}

const mutations: [what: string, code: ViolationCode, make: () => golden.Golden][] = [
  [
    'a release missing before a reservation at the same time',
    'capacity',
    () => mutated(golden.aHop, (_, step) => (step('m-start').after = []))
  ],
  [
    'the source freed at the shift',
    'capacity',
    () => mutated(golden.aHop, (_, step) => (step('m-start').after = ['h1-shift']))
  ],
  [
    'the source released before it is drained',
    'release',
    () => mutated(golden.aMove, (_, step) => (step('release').after = ['m-shift']))
  ],
  ['a stop without a drain', 'order', () => mutated(golden.aMove, (result) => remove(result, 'm-drain'))],
  [
    'a second drain that does not wait for the shift',
    'order',
    () =>
      mutated(golden.aMove, (result, step) => {
        result.plan.steps.splice(1, 0, { ...step('m-drain'), id: 'early', after: [], startSeconds: 0, endSeconds: 30 })
        step('m-stop').after.push('early')
      })
  ],
  ['a drain without a shift', 'order', () => mutated(golden.aMove, (result) => remove(result, 'm-shift'))],
  [
    'a shift to a copy that is not ready',
    'order',
    () => mutated(golden.aMove, (_, step) => (step('m-shift').after = ['cordon']))
  ],
  [
    'a start that needs more until ready, next to another one',
    'capacity',
    () => mutated(golden.aStartupDemand, (_, step) => (step('m1-start').after = ['cordon']))
  ],
  [
    'a start on a node that is cordoned',
    'cordon',
    () => mutated(golden.aHop, (_, step) => (step('cordon').after = []))
  ],
  ['a node emptied without a cordon', 'cordon', () => mutated(golden.aMove, (result) => remove(result, 'cordon'))],
  [
    'an uncordon of what the plan did not cordon',
    'cordon',
    () =>
      mutated(golden.aMove, (result) => {
        result.plan.steps.push({ id: 'u', action: 'uncordon', node: 'a', after: [], startSeconds: 0, endSeconds: 0 })
      })
  ],
  [
    'a node released with a reservation on it',
    'release',
    () => mutated(golden.aHop, (_, step) => (step('release').after = ['cordon', 'h1-start']))
  ],
  ['an emptied node that is kept', 'release', () => mutated(golden.aMove, (result) => remove(result, 'release'))],
  ['a rented node that is kept', 'release', () => mutated(golden.aRentedNode, (result) => remove(result, 'release'))],
  [
    'a start on a node that is not there yet',
    'provision',
    () => mutated(golden.aBoughtNode, (_, step) => (step('m-start').after = ['cordon']))
  ],
  [
    'an unknown node',
    'reference',
    () => mutated(golden.aMove, (_, step) => Object.assign(step('m-start'), { node: '__proto__' }))
  ],
  [
    'an unknown replica',
    'reference',
    () => mutated(golden.aMove, (_, step) => Object.assign(step('m-start'), { replica: 'constructor' }))
  ],
  ['duplicate step ids', 'reference', () => mutated(golden.aMove, (_, step) => (step('m-shift').id = 'm-start'))],
  ['a wait for no step', 'reference', () => mutated(golden.aMove, (_, step) => step('m-start').after.push('nothing'))],
  ['a cyclic after', 'order', () => mutated(golden.aMove, (_, step) => step('cordon').after.push('release'))],
  ['a step after itself', 'order', () => mutated(golden.aMove, (_, step) => step('cordon').after.push('cordon'))],
  ['a list that is no valid order', 'order', () => mutated(golden.aMove, (result) => result.plan.steps.reverse())],
  ['a start that is too short', 'timing', () => mutated(golden.aMove, (_, step) => (step('m-start').endSeconds = 59))],
  [
    'a step before one it waits for',
    'timing',
    () => mutated(golden.aMove, (_, step) => (step('m-drain').startSeconds = 10))
  ],
  ['a wrong makespan', 'timing', () => mutated(golden.aMove, (result) => (result.plan.makespanSeconds = 91))],
  [
    'devices that are taken',
    'devices',
    () =>
      mutated(golden.aMoveOnDevices, (result, step) => {
        Object.assign(step('m-start'), { devices: { gpu: [1] } })
        Object.assign(result.placement[2] ?? {}, { devices: { gpu: [1] } })
      })
  ],
  [
    'devices that the placement does not say',
    'end-state',
    () => mutated(golden.aMoveOnDevices, (_, step) => Object.assign(step('m-start'), { devices: { gpu: [1] } }))
  ],
  [
    'no devices',
    'devices',
    () => mutated(golden.aMoveOnDevices, (_, step) => Object.assign(step('m-start'), { devices: {} }))
  ],
  [
    'a running copy that changes its devices',
    'devices',
    () =>
      mutated(golden.aMoveOnDevices, (result) => Object.assign(result.placement[1] ?? {}, { devices: { gpu: [1] } }))
  ],
  [
    'a placement that the plan does not reach',
    'end-state',
    () => mutated(golden.pendingReplicas, (result) => remove(result, 's1'))
  ],
  [
    'a draining copy that is never stopped',
    'order',
    () => mutated(golden.aSurplus, (result) => remove(result, 'gone'))
  ],
  ['a hop that counts as one move', 'budget', () => withProblem(golden.aHop, { budget: { maxMigrations: 2 } })],
  ['a hop that is not allowed', 'rung', () => withProblem(golden.aHop, { migration: { rungs: ['reorder'] } })],
  ['a stop first that is not allowed', 'rung', () => withProblem(golden.aStopFirst, { migration: { rungs: ['hop'] } })],
  [
    'a stop first where no copy may be missing',
    'availability',
    () => withProblem(golden.aStopFirst, { deployments: ['web', 'job'].map((id) => ({ id, demand: { cpu: 5 } })) })
  ],
  [
    'a rented node that is not allowed',
    'rung',
    () => withProblem(golden.aRentedNode, { migration: { rungs: ['hop'] } })
  ],
  ['too many at a time', 'limit', () => withProblem(golden.aStartupDemand, { migration: { limits: { inFlight: 1 } } })],
  ['a plan after its deadline', 'timing', () => withProblem(golden.aMove, { migration: { deadlineSeconds: 89 } })]
]

function withProblem(make: () => golden.Golden, more: Partial<Parameters<typeof cluster>[0]>): golden.Golden {
  const { problem, result } = make()
  return { problem: cluster({ ...problem, ...more }), result }
}

test.each(mutations)('rejects %s: %s', (_, code, make) => {
  expect(codesOf(make())).toContain(code)
})

const pair = () => ({
  nodes: [node('a'), node('b'), node('c')],
  deployments: [{ id: 'web', demand: { cpu: 2 } }],
  replicas: [
    { id: 'web-0', deployment: 'web', node: 'a' },
    { id: 'web-1', deployment: 'web', node: 'b' }
  ]
})

/** Both replicas move to c; `first` is what the move of web-0 waits for. */
function chain(problem: ReturnType<typeof cluster>, first: string[]): golden.Golden {
  const result = answer(problem, {
    placement: [
      { replica: 'web-0', node: 'c' },
      { replica: 'web-1', node: 'c' }
    ],
    steps: [
      { id: 'cordon-a', action: 'cordon', node: 'a' },
      { id: 'cordon-b', action: 'cordon', node: 'b' },
      ...move('m1', 'web-1', 'b', 'c', ['cordon-b']),
      ...move('m0', 'web-0', 'a', 'c', ['cordon-a', ...first]),
      { id: 'release-a', action: 'release', node: 'a', after: ['m0-stop'] },
      { id: 'release-b', action: 'release', node: 'b', after: ['m1-stop'] }
    ],
    costPerHour: 1,
    activeNodes: 1,
    migrations: 2,
    initial: { costPerHour: 2, activeNodes: 2 }
  })
  return { problem, result }
}

test('rejects surge above the limit through two concurrent moves', () => {
  const input = pair()
  const problem = cluster({ ...input, deployments: [{ id: 'web', demand: { cpu: 2 }, maxSurge: 1 }] })
  expect(codesOf(chain(problem, ['m1-stop']))).toEqual([])
  expect(codesOf(chain(problem, []))).toEqual(['surge'])
})

test('rejects a newcomer while its peer still drains on the target', () => {
  const problem = cluster({
    nodes: [node('a'), node('b')],
    deployments: [
      { id: 'x', demand: { cpu: 1 } },
      { id: 'y', replicas: 0, demand: { cpu: 1 } }
    ],
    replicas: [
      { id: 'x-0', deployment: 'x', node: 'a' },
      { id: 'y-0', deployment: 'y', node: 'b', state: 'draining' }
    ],
    rules: [
      { kind: 'anti-affinity', deployments: ['x', 'y'] },
      { kind: 'conflict', between: [['x'], ['y']] }
    ]
  })
  const planned = (after: string[]) =>
    answer(problem, {
      placement: [{ replica: 'x-0', node: 'b' }],
      steps: [
        { id: 'cordon', action: 'cordon', node: 'a' },
        { id: 'gone', action: 'stop', replica: 'y-0', node: 'b' },
        ...move('m', 'x-0', 'a', 'b', ['cordon', ...after]),
        { id: 'release', action: 'release', node: 'a', after: ['m-stop'] }
      ],
      costPerHour: 1,
      activeNodes: 1,
      migrations: 1,
      initial: { costPerHour: 2, activeNodes: 2 }
    })
  expect(codesOf({ problem, result: planned(['gone']) })).toEqual([])
  expect(codesOf({ problem, result: planned([]) })).toEqual(['anti-affinity', 'conflict'])
})

test('rejects a stop before its successor is ready where no copy may be missing', () => {
  const steps = (result: Result) => {
    const { steps } = result.plan
    const drain = steps.find((step) => step.id === 'm-drain')
    if (drain) Object.assign(drain, { after: ['cordon'] })
  }
  expect(codesOf(mutated(golden.aMove, steps))).toEqual(expect.arrayContaining(['availability', 'rung']))
})

test('rejects the migration of a pinned replica', () => {
  const { problem, result } = golden.aMove()
  const pinned = structuredClone(problem)
  Object.assign(pinned.replicas[1] ?? {}, { movable: false })
  expect(codesOf({ problem: pinned, result })).toContain('pinned')
})
