import { expect, test } from 'vitest'
import { parseProblem } from '../../models/contract/parse.js'
import { compact } from '../../src/compact.js'
import { verifyWithReasons } from '../../src/result/dropped-reasons.js'

const problem = parseProblem({
  schemaVersion: 1,
  nodes: ['a', 'b'].map((id) => ({ id, capacity: { cpu: 2 }, costPerHour: 1 })),
  deployments: [{ id: 'd', demand: { cpu: 1 } }],
  replicas: ['a', 'b'].map((node) => ({ id: `on-${node}`, deployment: 'd', node }))
})

test('reasons that the checker refutes are left out, and said to be', async () => {
  const result = await compact(problem)
  expect(verifyWithReasons(problem, result)).toEqual({ result, violations: [] })
  const wrong = {
    ...result,
    explanation: { ...result.explanation, nodes: [{ node: 'nowhere', code: 'gate' as const }] }
  }
  const { result: bare, violations } = verifyWithReasons(problem, wrong)
  expect(violations).toEqual([])
  expect(bare.plan).toEqual(result.plan)
  expect(bare.explanation.nodes).toBeUndefined()
  expect(bare.explanation.notes?.at(-1)).toContain('nowhere is no node that stays')
})

test('nothing else is passed over', async () => {
  const result = await compact(problem)
  const wrong = {
    ...result,
    explanation: { ...result.explanation, nodes: [{ node: 'nowhere', code: 'gate' as const }] },
    gap: 0.5
  }
  const checked = verifyWithReasons(problem, wrong)
  expect(checked.result).toBe(wrong)
  expect(checked.violations.length).toBeGreaterThan(1)
})
