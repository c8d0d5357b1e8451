import { expect, test } from 'vitest'
import { parseProblem } from '../../models/contract/parse.js'
import { compileInstance } from '../../models/instance/compile.js'
import type { Mover } from '../../src/migration/agenda.js'
import { fund } from '../../src/migration/funding.js'
import { Limits } from '../../src/migration/limits.js'
import { deployment, node, replica } from './small-clusters.js'

test('who stops first a second time does so after its new copy has started', () => {
  const instance = compileInstance(
    parseProblem({
      schemaVersion: 1,
      nodes: [node('a', 1), node('b', 1)],
      deployments: [deployment('i', 1, { maxUnavailable: 2 })],
      replicas: [replica('i-0', 'a'), replica('i-1', 'b')]
    })
  )
  const mover: Mover = {
    index: 0,
    replica: 'i-0',
    deployment: 0,
    copy: 0,
    newcomer: -1,
    from: 0,
    gang: undefined,
    moveCost: 1,
    pool: 0,
    lends: true
  }
  const home = { node: 0, devices: [] }
  const away = { kind: 'leave', mover, from: home } as const
  const back = { kind: 'move', mover, from: undefined, to: home } as const
  const { steps } = fund(instance, new Limits(instance), [away, back, away, back])
  expect(steps.map(({ action, after }) => [action, [...after]])).toEqual([
    ['drain', []],
    ['stop', [0]],
    ['start', [1]],
    ['drain', [2]],
    ['stop', [3]],
    ['start', [4]]
  ])
})
