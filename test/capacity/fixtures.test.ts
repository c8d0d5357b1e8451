import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { parseProblem } from '../../models/contract/parse.js'
import { countsAt, type Demand } from '../../src/capacity/forecast/demand.js'
import { problemAt } from '../../src/capacity/study/problem-at.js'
import { readStudyFile } from '../../src/cli/study-file.js'

const fixture = (name: string) => fileURLToPath(new URL(`../../fixtures/capacity/${name}.study.yaml`, import.meta.url))

/** The largest number of replicas of each deployment at any time. */
const peaks = (demand: Demand | null) =>
  Object.fromEntries([...(demand?.counts ?? [])].map(([id, counts]) => [id, Math.max(...counts)]))

describe('the study of ServeGen', async () => {
  const { study, demand, notes } = await readStudyFile(fixture('servegen'))

  test('needs hundreds of nodes at most', () => {
    expect(demand).toMatchObject({ periodSeconds: 600, periods: 2016 })
    expect(peaks(demand)).toEqual({ 'm-small': 575, 'm-mid': 288, 'm-large': 98, 'mm-image': 19, 'deepseek-r1': 23 })
  })

  test('offers all whole AWS machines with GPUs, and the spot prices that are known', () => {
    expect(study.nodeTypes).toHaveLength(58)
    expect(study.nodeTypes.filter(({ type }) => type.endsWith(':spot')).map(({ type }) => type)).toEqual([
      'g6e.12xlarge:spot',
      'g6e.16xlarge:spot',
      'g6e.24xlarge:spot',
      'g6e.2xlarge:spot'
    ])
    expect(notes).toHaveLength(5)
  })

  test('is a Problem at any moment', () => {
    for (const period of [0, 1000, 2015]) {
      const problem = problemAt(study, countsAt(demand as Demand, period))
      expect(parseProblem(problem)).toEqual(problem)
      expect(problem.rules).toHaveLength(5)
      // Only what hosts one of the five is for sale: machines with L40S, H100 and H200.
      expect(new Set(problem.nodeTypes.map(({ labels }) => labels.gpu))).toEqual(
        new Set(['NVIDIA L40S', 'NVIDIA H100', 'NVIDIA H200'])
      )
    }
  })
})

describe('the small study', async () => {
  const { study, demand, notes } = await readStudyFile(fixture('small'))

  test('is a day by the hour', () => {
    expect(demand).toMatchObject({ periodSeconds: 3600, periods: 24, startsAt: '2026-11-02T00:00:00.000Z' })
    expect(peaks(demand)).toEqual({ chat: 14, embed: 17, report: 3 })
    expect(notes).toEqual([])
  })

  test('keeps its quotas at the peak, if only just', () => {
    const { chat = 0, embed = 0 } = peaks(demand)
    expect(chat + Math.ceil(embed / 2)).toBeLessThanOrEqual(study.quotas[1]?.max ?? 0)
  })

  test('is a Problem at any moment', () => {
    for (let period = 0; period < 24; period++) {
      const problem = problemAt(study, countsAt(demand as Demand, period))
      expect(parseProblem(problem)).toEqual(problem)
    }
  })
})
