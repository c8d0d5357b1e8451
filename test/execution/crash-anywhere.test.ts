import { expect, test } from 'vitest'
import { execute } from '../../src/execution/execute.js'
import { type Journal, type JournalEntry, memoryJournal } from '../../src/execution/journal.js'
import { CALM, type Chaos, makeWorld, type PlannedCase, plannedCase, runIn } from './random-execution.js'

const OPTIONS = { backoffMs: 100, breakerWindow: 1000 }

/** A journal that hears of every entry that is safely written. */
function watched(journal: Journal, onWritten: (count: number) => void): Journal {
  let count = 0
  return {
    read: () => journal.read(),
    append: async (entry) => {
      await journal.append(entry)
      onWritten(++count)
    }
  }
}

/** Crashes after so many entries, goes on with a fresh executor on the same cluster, and tells how it ended. */
async function crashAt(planned: PlannedCase, chaos: Chaos, count: number) {
  const world = makeWorld(planned, chaos)
  const { clock, cluster } = world
  const kept = memoryJournal()
  const crash = new AbortController()
  const journal = watched(kept, (written) => {
    if (written === count) crash.abort()
  })
  const options = { ...OPTIONS, clock }
  const first = await clock.run(execute(planned.plan, cluster, { ...options, journal, abandon: crash.signal }))
  // The driver ends what it has begun, or is still at it when the executor comes back.
  if (count % 2 === 0) await clock.settle()
  const report = await clock.run(execute(planned.plan, cluster, { ...options, journal: kept }))
  await clock.settle()
  return { first, report, world, entries: await kept.read() }
}

function withoutTimes(entries: readonly JournalEntry[]): string[] {
  return entries.map(({ at: _, ...entry }) => JSON.stringify(entry)).sort()
}

const kinds: readonly (readonly [string, Chaos])[] = [
  ['where all goes well', CALM],
  ['where calls fail and are taken back', { ...CALM, fails: 0.45 }],
  ['where calls never answer', { ...CALM, hangs: 0.3 }]
]

test.each(kinds)('%s, a crash after any entry changes nothing about the end', async (_, chaos) => {
  let crashes = 0
  let cases = 0
  for (let seed = 1; cases < 12; seed++) {
    const planned = plannedCase(seed)
    if (planned === null || planned.plan.steps.length < 6) continue
    cases++
    const whole = makeWorld(planned, chaos)
    const kept = memoryJournal()
    const wanted = await runIn(whole, planned, { journal: kept })
    await whole.clock.settle()
    const { length } = await kept.read()
    // Of an execution that has ended and of which nothing remains the plan may be carried out anew.
    const remains = Object.values(wanted.steps).some(
      ({ state }) => state === 'done' || state === 'skipped' || state === 'stuck'
    )
    for (let count = 1; count <= (remains ? length : length - 1); count++) {
      const { first, report, world, entries } = await crashAt(planned, chaos, count)
      const { cluster, model } = world
      const label = { seed, count }
      expect({ ...label, violations: model.violations }).toEqual({ ...label, violations: [] })
      if (count < length) expect({ ...label, outcome: first.outcome }).toEqual({ ...label, outcome: 'abandoned' })
      // Every id acted once; together the same was done as without a crash.
      expect({ ...label, effects: [...cluster.effects].sort() }).toEqual({
        ...label,
        effects: [...whole.cluster.effects].sort()
      })
      expect({ ...label, end: cluster.snapshot() }).toEqual({ ...label, end: whole.cluster.snapshot() })
      const { seconds: __, ...end } = report
      const { seconds: ___, ...wantedEnd } = wanted
      expect({ ...label, ...end, firstFault: null }).toEqual({ ...label, ...wantedEnd, firstFault: null })
      const writes = withoutTimes(entries).filter((entry) => !entry.includes('"cancel"'))
      const wantedWrites = withoutTimes(await kept.read()).filter((entry) => !entry.includes('"cancel"'))
      expect({ ...label, writes }).toEqual({ ...label, writes: wantedWrites })
      crashes++
    }
  }
  expect(crashes).toBeGreaterThan(150)
})
