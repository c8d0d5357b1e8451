import { describe, expect, test } from 'vitest'
import { planHorizon } from '../../../src/capacity/horizon/plan-horizon.js'
import { verifyHorizon } from '../../../src/capacity/horizon/verify/verify-horizon.js'
import { watchedWorkers } from '../../workers/worker-fixtures.js'
import { demandOver } from './small-studies.js'
import { wideDemand, wideStudy } from './wide-study.js'

const long = demandOver(
  {
    chat: Array.from({ length: 120 }, (_, at) => 10 + ((at * 7) % 9)),
    embed: Array.from({ length: 120 }, (_, at) => 3 + ((at * 5) % 7))
  },
  600
)

describe('a plan for a horizon that is interrupted', () => {
  test('before it begins rejects with the reason', async () => {
    const reason = new Error('not now')
    await expect(planHorizon(wideStudy, wideDemand, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
  })

  test.each(['choosing', 'filling'])(
    'while %s rejects with the reason, and the threads go on to serve',
    async (part) => {
      const stop = new AbortController()
      const reason = new Error('enough')
      const plan = planHorizon(wideStudy, long, {
        threads: 2,
        signal: stop.signal,
        onProgress: ({ doing }) => {
          if (doing.startsWith(part)) stop.abort(reason)
        }
      })
      await expect(plan).rejects.toBe(reason)
      const answer = await planHorizon(wideStudy, wideDemand, { threads: 2 })
      expect(verifyHorizon(wideStudy, wideDemand, answer)).toEqual([])
    }
  )

  test('by the death of its workers goes on with others, to the same answer', async () => {
    const { workers, createWorker } = watchedWorkers()
    let killed = 0
    const answer = await planHorizon(wideStudy, long, {
      threads: 2,
      createWorker,
      onProgress: ({ doing }) => {
        // With a bound there is a base to be tried yet: threads are needed after it, whoever is faster.
        if (killed === 0 && doing.startsWith('choosing the base: at least'))
          killed = workers.splice(0).map((worker) => worker.terminate()).length
      }
    })
    expect(killed).toBeGreaterThan(0)
    expect(workers.length).toBeGreaterThan(0)
    expect(verifyHorizon(wideStudy, long, answer)).toEqual([])
    const { seconds: _, ...undisturbed } = await planHorizon(wideStudy, long, { threads: 2 })
    expect(answer).toMatchObject(undisturbed)
  })

  test('by a time limit is one that holds all the same', async () => {
    const answer = await planHorizon(wideStudy, long, { threads: 2, timeLimitMs: 1 })
    expect(answer.status).toBe('feasible')
    expect(verifyHorizon(wideStudy, long, answer)).toEqual([])
    const patient = await planHorizon(wideStudy, long, { threads: 2 })
    expect(answer.bound).toBeLessThanOrEqual(patient.cost.total)
    expect(patient.bound).toBeLessThanOrEqual(answer.cost.total)
  })
})
