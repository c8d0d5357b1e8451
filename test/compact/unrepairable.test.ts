import { expect, test } from 'vitest'
import { node, planned, running } from './planned.js'

test('that nothing more can be repaired is said to be proven where a solver proves it', async () => {
  const { result } = await planned({
    nodes: [node('a')],
    deployments: [{ id: 'web', demand: { cpu: 3 } }],
    replicas: running('web', 'a', 'a')
  })
  expect(result.violations.map(({ code }) => code)).toContain('capacity')
  expect(result.explanation.notes).toEqual([expect.stringContaining('it is proven that no placement')])
})
