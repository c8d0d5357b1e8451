import { expect, test } from 'vitest'
import type { ExecutionReport } from '../../src/execution/report.js'
import { CALM, type Chaos, makeWorld, type PlannedCase, plannedCase, runIn, type World } from './random-execution.js'

const kinds: Readonly<Record<string, Chaos>> = {
  'calls that fail now and then': { ...CALM, fails: 0.3 },
  'calls that are refused': { ...CALM, refuses: 0.1 },
  'calls that never answer': { ...CALM, hangs: 0.15, fails: 0.1 },
  'a cluster that changes': { ...CALM, changes: 0.05, fails: 0.1 },
  'nodes that die': { ...CALM, losesNode: 0.04, fails: 0.1 },
  'a driver that can do hardly anything': { ...CALM, fails: 0.7, hangs: 0.1 }
}

/** What a report says that is not so, or must not be. */
function findContradictions(
  { cluster, lost }: World,
  { plan, sequence }: PlannedCase,
  report: ExecutionReport
): string[] {
  const found: string[] = []
  const states = new Map(report.steps.map(({ id, state }) => [id, state]))
  const isGood = (id: string) => ['done', 'skipped'].includes(states.get(id) ?? '')
  for (const { id, after, action } of plan.steps) {
    const state = states.get(id) as string
    if (['waiting', 'running', 'undoing'].includes(state)) found.push(`${id} is ${state} at the end`)
    if (state === 'cancelled') continue
    // What was begun is closed under `after`: but for starts that were taken back, or died, later.
    for (const before of after) {
      const cause = plan.steps.find((step) => step.id === before)?.action ?? ''
      const isTakenBack = ['undone', 'failed', 'stuck'].includes(states.get(before) ?? '')
      // Nodes are opened again when everything that concerns them is over.
      if (['cordon', 'provision'].includes(cause) && isTakenBack) continue
      const isGone = cause === 'start' && isTakenBack
      if (!isGood(before) && !isGone) found.push(`${id} is ${state}, but ${before} is ${states.get(before)}`)
      if (isGone && action !== 'shift' && state === 'done') found.push(`${id} is done, but ${before} is gone`)
    }
  }
  const hopping = new Set(
    report.moves.map(({ replica }) => replica).filter((id, index, all) => all.indexOf(id) < index)
  )
  for (const { replica, from, to, outcome } of report.moves) {
    if (hopping.has(replica)) continue
    const hosts = cluster.hostsOf(replica)
    const alive = (node: string | null) => (node === null || lost.has(node) ? [] : [node])
    const expected =
      outcome === 'done' ? alive(to) : outcome === 'undone' || outcome === 'cancelled' ? alive(from) : null
    const isWait = to !== null && from === null && outcome !== 'done'
    if (expected === null || isWait || (to === null && outcome !== 'done')) continue
    if (JSON.stringify(hosts) !== JSON.stringify(expected)) found.push(`${replica}: ${outcome}, but on ${hosts}`)
    if (from !== null && outcome === 'undone' && expected.length > 0 && cluster.serving.get(replica) !== from) {
      if (cluster.stateOf(replica, from) === 'ready') found.push(`${replica}: undone, but requests go elsewhere`)
    }
  }
  for (const node of report.releasedNodes) if (!cluster.released.has(node)) found.push(`${node} is not released`)
  for (const node of cluster.cordoned) {
    const isLeft = report.cordonedNodes.includes(node) || cluster.released.has(node) || lost.has(node)
    if (!isLeft) found.push(`${node} is cordoned, which is not reported`)
  }
  const wasLost = report.lostNodes.filter((node) => !lost.has(node))
  if (wasLost.length > 0) found.push(`${wasLost} are not lost`)
  if (sequence.plan.steps.length !== report.steps.length) found.push('not every step is reported')
  return found
}

test.each(Object.entries(kinds))('%s: the cluster stays legal, and the report is true', async (_, chaos) => {
  const outcomes = new Map<string, number>()
  for (let seed = 1; seed <= 300; seed++) {
    const planned = plannedCase(seed)
    if (planned === null) continue
    const world = makeWorld(planned, chaos)
    const forceDrain = seed % 2 === 0
    const report = await runIn(world, planned, { forceDrain, breakerWindow: seed % 3 === 0 ? 4 : 1000 })
    const { model } = world
    // A stop comes before the end of its drain where that was forced.
    const early = world.early.filter((text) => !forceDrain || !text.includes(' before drain:'))
    // A node that dies takes ready copies with it.
    const violations = model.violations.filter((text) => chaos.losesNode === 0 || !text.startsWith('ready'))
    const contradictions = findContradictions(world, planned, report)
    expect({ seed, violations, early, contradictions }).toEqual({ seed, violations: [], early: [], contradictions: [] })
    outcomes.set(report.outcome, (outcomes.get(report.outcome) ?? 0) + 1)
  }
  expect(outcomes.get('completed') ?? 0).toBeGreaterThan(0)
  expect(outcomes.size).toBeGreaterThan(1)
})
