import { expect, test } from 'vitest'
import type { Plan, Step } from '../../models/contract/plan.js'
import { execute } from '../../src/execution/execute.js'
import { type JournalEntry, memoryJournal } from '../../src/execution/journal.js'

const timing = (id: string, after: string[]) => ({ id, after, startSeconds: 0, endSeconds: 1 })
const steps: Step[] = [
  { ...timing('start:a', []), action: 'start', replica: 'a', deployment: 'd', node: 'new' },
  { ...timing('shift:a', ['start:a']), action: 'shift', replica: 'a', from: 'old', to: 'new' },
  { ...timing('drain:a', ['shift:a']), action: 'drain', replica: 'a', node: 'old' },
  { ...timing('stop:a', ['drain:a']), action: 'stop', replica: 'a', node: 'old' },
  { ...timing('cordon', []), action: 'cordon', node: 'old' },
  { ...timing('release', ['cordon', 'stop:a']), action: 'release', node: 'old' }
]
const plan: Plan = { status: 'complete', steps, makespanSeconds: 1, id: 'plan-1' }
const verbs = ['cordon', 'uncordon', 'provision', 'start', 'ready', 'shift', 'drain', 'stop', 'release']
const driverOf = (act: (verb: string, step: Step) => Promise<void>) =>
  Object.fromEntries(verbs.map((verb) => [verb, (step: Step) => act(verb, step)])) as never

test('a step that a journal of two executors ends twice frees those that wait for it once', async () => {
  const entries: JournalEntry[] = [
    { kind: 'plan', plan: 'plan-1', base: 0, at: 0 },
    { kind: 'begin', step: 'cordon', verb: 'cordon', attempt: 1, at: 0 },
    { kind: 'end', step: 'cordon', verb: 'cordon', attempt: 1, outcome: 'done', at: 1 },
    { kind: 'begin', step: 'cordon', verb: 'cordon', attempt: 2, at: 2 },
    { kind: 'end', step: 'cordon', verb: 'cordon', attempt: 2, outcome: 'done', at: 3 }
  ]
  const done: string[] = []
  const driver = driverOf(async (verb, { id }) => {
    done.push(`${verb} ${id}`)
  })
  await execute(plan, driver, { journal: memoryJournal(entries) }).catch(() => {})
  const [release, stop] = [done.indexOf('release release'), done.indexOf('stop stop:a')]
  expect(release === -1 || (stop !== -1 && stop < release)).toBe(true)
})

test('a driver that changes its arguments changes nothing for the executor', async () => {
  const abandon = new AbortController()
  let calls = 0
  const driver = driverOf(async (_, step) => {
    if (++calls > 1000) abandon.abort()
    ;(step as { id: string }).id = 'another'
  })
  expect((await execute(plan, driver, { abandon: abandon.signal })).outcome).toBe('completed')
})

test('when an option throws, the execution is over', async () => {
  let asked = 0
  const deadlineMs = () => {
    if (++asked > 1000) return 1000
    throw new Error('no idea')
  }
  await expect(
    execute(
      plan,
      driverOf(async () => {}),
      { deadlineMs }
    )
  ).rejects.toThrow('no idea')
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(asked).toBeLessThan(10)
})

test('an unknown limit is an error that names it', async () => {
  await expect(
    execute(
      plan,
      driverOf(async () => {}),
      { limits: { inflight: 1 } as never }
    )
  ).rejects.toThrow('inflight')
})
