import { describeValue } from '../../models/contract/describe-input.js'
import type { InputIssue } from '../../models/contract/input-issues.js'
import { InputError } from '../../models/contract/parse.js'
import { compact } from '../compact.js'
import { systemClock } from '../execution/system-clock.js'
import { optionsOf } from '../options.js'
import { Backoff } from './backoff.js'
import type { Controller, ControllerParts, StopOptions, Stops } from './controller.js'
import type { ControllerContext } from './controller-context.js'
import { renderMetrics } from './controller-metrics.js'
import type { ControllerState, Hold, Phase } from './controller-state.js'
import { Holds } from './holds.js'
import { journalSource, openWithin } from './kept-plan.js'
import { Memory } from './memory.js'
import { Planning } from './planning.js'
import { readSnapshot } from './read-snapshot.js'
import { resolvePolicy } from './resolve-policy.js'
import { Round } from './round.js'
import type { RoundReport } from './round-report.js'
import { Stability } from './stability.js'
import { Tally } from './tally.js'
import { anySignal, askWithin } from './time-limit.js'
import { Voice } from './voice.js'

/**
 * Makes a controller: it reads a cluster, waits until it is at rest, plans it, and, where its policy says so, carries the plan out, again
 * and again. Nothing begins before `run` or `step`. One controller at a time acts on a cluster: where several processes run, elect one.
 *
 * Throws InputError with every part and every option of the policy that is missing, unknown or out of range.
 */
export function createController(parts: ControllerParts): Controller {
  checkParts(parts)
  const { read, driver, journal, clock = systemClock, onEvent } = parts
  const policy = resolvePolicy(parts.policy)
  if (policy.mode === 'execute' && driver === undefined) {
    throw new InputError('options', [
      { path: 'driver', found: 'nothing', expected: 'a Driver, or a function that makes one: the mode is execute' }
    ])
  }
  const voice = new Voice(clock, onEvent)
  const tally = new Tally()
  const stability = new Stability()
  const holds = new Holds(policy.cooldown)
  const backoff = new Backoff(policy.backoff)
  const memory = new Memory()
  let phase: Phase = 'idle'
  let since = clock.now()
  let lastRound: RoundReport | null = null
  let isBusy = false
  const enter = (next: Phase) => {
    if (next !== phase) since = clock.now()
    phase = next
  }
  const limitMs = policy.readSeconds * 1000
  const journals = journalSource(journal)
  const context: ControllerContext = {
    policy,
    clock,
    voice,
    tally,
    stability,
    holds,
    backoff,
    memory,
    enter,
    planning: new Planning(parts.compact ?? compact, policy, clock),
    observe: async (signal) => readSnapshot(await askWithin('read', read, limitMs, clock, signal)),
    driverFor: async (problem, result, signal) =>
      typeof driver === 'function'
        ? askWithin('the maker of drivers', () => driver(problem, result), limitMs, clock, signal)
        : (driver as NonNullable<typeof driver>),
    openJournal: (plan, signal) => openWithin(() => journals(plan), limitMs, clock, signal)
  }

  const round = async (stops: Stops): Promise<RoundReport> => {
    lastRound = await new Round(context, stops).run()
    enter(backoff.until(clock.now()) === null ? 'idle' : 'backing-off')
    return lastRound
  }
  /** Runs what must not run twice at a time. */
  const alone = async <Output>(
    signal: AbortSignal | undefined,
    { abandon }: StopOptions = {},
    work: (stops: Stops) => Promise<Output>
  ): Promise<Output> => {
    if (isBusy) throw new Error('the controller is running already')
    isBusy = true
    const hard = anySignal(abandon)
    const soft = anySignal(signal, abandon)
    try {
      return await work({ soft: soft.signal, hard: hard.signal })
    } finally {
      soft.release()
      hard.release()
      isBusy = false
    }
  }
  const loop = async (stops: Stops): Promise<void> => {
    voice.tell({ kind: 'started', mode: policy.mode })
    while (!stops.soft.aborted) {
      await round(stops)
      const now = clock.now()
      const restMs = Math.max(policy.intervalSeconds * 1000, (backoff.until(now) ?? now) - now)
      await clock.sleep(restMs, stops.soft).catch((fault: unknown) => {
        if (!stops.soft.aborted) throw fault
      })
    }
    enter('stopped')
    voice.tell({ kind: 'stopped' })
  }

  const state = (): ControllerState => {
    const now = clock.now()
    const unsettled = memory.unsettled.map(({ id, until }): Hold => {
      return { id, until: Number.isFinite(until) ? until : null, reason: 'unsettled' }
    })
    const held = holds.at(now)
    const { lastPlan } = tally
    return {
      phase,
      since,
      stableSince: stability.since,
      held: { deployments: [...held.deployments, ...unsettled], nodes: held.nodes },
      backoff: { failures: backoff.failures, until: backoff.until(now) },
      lastPlan: lastPlan === null ? null : structuredClone(lastPlan),
      listenerFault: voice.fault,
      lastRound: lastRound === null ? null : summarise(lastRound)
    }
  }

  return {
    run: (signal, options) => alone(signal, options, loop),
    step: (signal, options) => alone(signal, options, round),
    state,
    metrics: () => renderMetrics(state(), tally, policy.mode, clock.now())
  }
}

function summarise({ outcome, message, at, seconds, plans }: RoundReport): ControllerState['lastRound'] {
  return { outcome, message, at, seconds, plans }
}

const PARTS = Object.keys({
  read: true,
  driver: true,
  policy: true,
  journal: true,
  clock: true,
  onEvent: true,
  compact: true
} satisfies Record<keyof ControllerParts, true>)

function checkParts(parts: ControllerParts): void {
  const given = optionsOf<ControllerParts>(parts)
  const issues: InputIssue[] = Object.keys(given)
    .filter((name) => !PARTS.includes(name))
    .map((name) => ({ path: name, found: 'an unknown part', expected: `one of ${PARTS.join(', ')}` }))
  const expect = (path: keyof ControllerParts, holds: (value: unknown) => boolean, expected: string) => {
    const value: unknown = given[path]
    const isMissing = value === undefined && path !== 'read'
    if (!isMissing && !holds(value)) issues.push({ path, found: describeValue(value), expected })
  }
  const isFunction = (value: unknown) => typeof value === 'function'
  const isObject = (value: unknown) => typeof value === 'object' && value !== null
  const has =
    (...methods: readonly string[]) =>
    (value: unknown) =>
      isObject(value) && methods.every((method) => isFunction((value as Record<string, unknown>)[method]))
  expect('read', isFunction, 'a function that reads the cluster')
  expect('driver', (value) => isFunction(value) || isObject(value), 'a Driver, or a function that makes one')
  expect(
    'journal',
    (value) => isFunction(value) || has('read', 'append')(value),
    'a Journal, or a function that gives one'
  )
  expect('clock', has('now', 'sleep'), 'a Clock { now, sleep }')
  expect('onEvent', isFunction, 'a function')
  expect('compact', isFunction, 'a function that plans')
  if (issues.length > 0) throw new InputError('options', issues)
}
