import { expect, test } from 'vitest'
import { mix } from '../../src/capacity/mix/mix.js'
import { parseStudy } from '../../src/capacity/study/parse-study.js'

/** Four replicas, each as large as a node; so many nodes that are not spot, and enough that are. */
function studyWith(steady: number) {
  const capacity = { cpu: 4 }
  return parseStudy({
    schemaVersion: 1,
    nodeTypes: [
      { type: 'm', capacity, costPerHour: 2, maxNew: steady },
      { type: 'm:spot', capacity, costPerHour: 1, maxNew: 9, labels: { market: 'spot' } }
    ],
    availability: { floor: 0.5 },
    deployments: [{ id: 'd', demand: { cpu: 4 }, replicas: 4 }]
  })
}

test('a mix that cannot keep an availability floor is none', async () => {
  const answer = await mix(studyWith(1), { workLimit: 2000, threads: 1 })
  expect(answer.status).toBe('infeasible')
  expect(answer.result).toBeNull()
  expect(answer.notes).toContain('the floor of "d": 1 of the 2 replicas that must not be on spot')
})

test('one that just keeps it is found', async () => {
  const answer = await mix(studyWith(2), { workLimit: 2000, threads: 1 })
  expect(answer).toMatchObject({ status: 'feasible', costPerHour: 6 })
  expect(answer.boundPerHour).toBeCloseTo(6)
  expect(answer.result?.violations).toEqual([])
})
