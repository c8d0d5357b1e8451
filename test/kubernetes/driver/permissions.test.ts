import { afterEach, expect, test } from 'vitest'
import { guideRules as rules } from '../guide-rules.js'
import { carryOut, configFor, type DrivenWorld, whereRuns } from './driven-world.js'
import { smallMove } from './small-move.js'

let world: DrivenWorld
afterEach(() => world.close())

test('the role of the guide suffices for a move', async () => {
  const small = await smallMove({ permissions: new Map([['driver', rules]]) })
  world = small.world
  const kubeConfig = configFor(world, 'driver')
  const report = await carryOut(world, small.problem, small.result, {}, { kubeConfig })
  expect(report.firstFault).toBeNull()
  expect(report.outcome).toBe('completed')
  expect(whereRuns(world, 'web')).toEqual(['n2', 'n3'])
})

test.each([
  ['nodes', 'patch', 'cordon'],
  ['pods', 'patch', 'start'],
  ['horizontalpodautoscalers', 'list', 'start'],
  ['deployments', 'patch', 'start'],
  ['pods/eviction', 'create', 'drain']
])('where %s may not be asked to %s, the %s is refused and says so', async (resource, verb, step) => {
  const fewer = rules.flatMap((rule) => {
    const others = { ...rule, resources: rule.resources.filter((each) => each !== resource) }
    const isIt = rule.resources.includes(resource)
    return isIt
      ? [others, { ...rule, resources: [resource], verbs: rule.verbs.filter((each) => each !== verb) }]
      : [rule]
  })
  const small = await smallMove({ permissions: new Map([['driver', fewer]]) })
  world = small.world
  const report = await carryOut(world, small.problem, small.result, {}, { kubeConfig: configFor(world, 'driver') })
  expect(report.firstFault).toMatchObject({ verb: step, fault: 'refused' })
  expect(report.firstFault?.message).toContain(`a role must allow ${verb} on ${resource}`)
})

test('who is not known is told so', async () => {
  const small = await smallMove()
  world = small.world
  const report = await carryOut(world, small.problem, small.result, {}, { kubeConfig: configFor(world, 'nobody') })
  expect(report.firstFault).toMatchObject({ verb: 'cordon', fault: 'refused' })
  expect(report.firstFault?.message).toContain('does not know who asks')
})
