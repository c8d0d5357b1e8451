import { expect, test } from 'vitest'
import { execute } from '../../src/execution/execute.js'
import { type Journal, memoryJournal } from '../../src/execution/journal.js'
import type { ExecutionReport } from '../../src/execution/report.js'
import { randomNumbers } from '../migration/random-case.js'
import { findContradictions } from './contradictions.js'
import { CHAOS, makeWorld, plannedCase } from './random-execution.js'

test.each(Object.entries(CHAOS))('%s, and an executor that crashes again and again', async (_, chaos) => {
  let crashes = 0
  for (let seed = 1; seed <= 120; seed++) {
    const planned = plannedCase(seed)
    if (planned === null) continue
    const random = randomNumbers(seed)
    const world = makeWorld(planned, chaos)
    const { clock, cluster, model } = world
    const kept = memoryJournal()
    const options = { clock, backoffMs: 100, forceDrain: seed % 2 === 0 }
    let report: ExecutionReport
    do {
      const crash = new AbortController()
      // Before it is written, or after: in the middle of a call, or between two.
      let left = 1 + Math.floor(random() * 12)
      const journal: Journal = {
        read: () => kept.read(),
        append: async (entry) => {
          if (crash.signal.aborted) return
          const isLost = random() < 0.5
          if (--left === 0 && isLost) crash.abort()
          else await kept.append(entry)
          if (left === 0) crash.abort()
        }
      }
      report = await clock.run(execute(planned.plan, cluster, { ...options, journal, abandon: crash.signal }))
      if (report.outcome === 'abandoned') crashes++
    } while (report.outcome === 'abandoned')
    await clock.settle()
    const violations = model.violations.filter((text) => chaos.losesNode === 0 || !text.startsWith('ready'))
    const contradictions = findContradictions(world, planned, report)
    expect({ seed, violations, contradictions }).toEqual({ seed, violations: [], contradictions: [] })
    const begun = new Map(
      (await kept.read()).flatMap((entry) => (entry.kind === 'begin' ? [[entry.step + entry.verb, 1]] : []))
    )
    for (const { step, verb } of cluster.calls) expect(begun.has(step + verb)).toBe(true)
  }
  expect(crashes).toBeGreaterThan(100)
})
