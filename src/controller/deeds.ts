import type { Driver, StepOf } from '../execution/driver.js'
import type { JournalError } from '../execution/journal.js'
import { describeFault } from '../execution/listener.js'
import { planId } from '../result/fingerprint.js'
import { type CarriedOut, carryOut } from './carry-out.js'
import type { Stops } from './controller.js'
import type { ControllerContext } from './controller-context.js'
import { costsOf, savedBy } from './figures.js'
import { findKeptPlan, type KeptPlan, keepPlan, type OpenJournal } from './kept-plan.js'
import { inPart, PartError } from './part-error.js'
import type { Proposal } from './planning.js'
import type { Observation } from './read-snapshot.js'
import { askWithin } from './time-limit.js'

/** Carries out a plan that was made just now. */
export async function begin(
  context: ControllerContext,
  { problem, result }: Pick<Proposal, 'problem' | 'result'>,
  madeAt: number,
  stops: Stops
): Promise<CarriedOut> {
  // The same plan may be made again, of the same cluster: a driver must not take its calls for those of before.
  const plan = `${result.plan.id ?? planId('', result.plan)}-${Math.round(context.clock.now()).toString(36)}`
  const named = { ...result, plan: { ...result.plan, id: plan } }
  const opened = await inPart('journal', () => context.openJournal(plan, stops.soft))
  context.enter('executing')
  return carry(context, opened, { plan, problem, result: named, madeAt, isStale: false }, stops)
}

/** How a plan of before was gone on with. `isStale`: only what it had begun was ended. */
export type Resumed = CarriedOut & KeptPlan & { readonly isStale: boolean }

/**
 * Goes on with a plan that a journal says has begun and not ended: so that nothing is left half-done. What was begun too long ago is only
 * ended. null: there is none.
 */
export async function resume(context: ControllerContext, stops: Stops): Promise<Resumed | null> {
  const { clock, policy, voice, memory } = context
  context.enter('resuming')
  const opened = await inPart('journal', () => context.openJournal(null, stops.soft))
  let kept: KeptPlan | null = null
  try {
    kept = await inPart('journal', () => findKeptPlan(opened.journal))
  } finally {
    if (kept === null) await close(context, opened)
  }
  if (kept === null) {
    memory.mayHaveLeftovers = false
    return null
  }
  voice.tell({ kind: 'resumed', plan: kept.plan })
  const isStale = clock.now() - kept.at > policy.executionSeconds * 1000
  const carried = await carry(context, opened, { ...kept, madeAt: undefined, isStale }, stops)
  return { ...kept, ...carried, isStale }
}

/** Opens nodes that an earlier plan has left closed. Gives those that it could open: one that cannot be opened keeps no other one closed. */
export async function reopen(
  context: ControllerContext,
  { problem }: Observation,
  nodes: readonly string[],
  { soft }: Stops
): Promise<string[]> {
  const { planning, policy, clock, memory, tally, voice } = context
  context.enter('reopening')
  const now = clock.now()
  const stay = await inPart('plan', () => planning.stay(problem, soft))
  const driver = await inPart('driver', () => context.driverFor(problem, stay, soft))
  const opened: string[] = []
  for (const node of nodes) {
    memory.reopened.set(node, now)
    const step: StepOf<'uncordon'> = {
      id: `reopen:${node}`,
      action: 'uncordon',
      node,
      after: [],
      startSeconds: 0,
      endSeconds: 0
    }
    const ask = (signal: AbortSignal) => driver.uncordon(step, { id: `${step.id}:${now}`, attempt: 1, signal })
    try {
      await askWithin(`opening ${node}`, ask, policy.readSeconds * 1000, clock, soft)
      opened.push(node)
    } catch (fault) {
      soft.throwIfAborted()
      tally.failures.add('driver')
      voice.tell({ kind: 'failed', part: 'driver', reason: `${node} stays closed: ${describeFault(fault)}` })
    }
  }
  if (opened.length > 0) voice.tell({ kind: 'reopened', nodes: opened })
  return opened
}

async function carry(
  context: ControllerContext,
  opened: OpenJournal,
  { plan, problem, result, madeAt, isStale }: KeptErrand,
  stops: Stops
): Promise<CarriedOut> {
  const { clock, tally, voice, memory } = context
  try {
    const driver = await inPart('driver', () => context.driverFor(problem, result, stops.soft))
    const { current, planned } = costsOf(problem, result)
    const migrations = result.objective?.migrations ?? 0
    voice.tell({ kind: 'executing', plan, migrations, savingPerHour: current - planned })
    memory.mayHaveLeftovers = true
    const journal = keepPlan(opened.journal, problem, result)
    const errand = { plan, problem, result, driver, journal, isStale, ...(madeAt === undefined ? {} : { madeAt }) }
    const carried = await carryOut(errand, context, stops).catch((fault: unknown) => {
      throw new PartError(isJournalError(fault) ? 'journal' : 'execution', fault)
    })
    const { report } = carried
    memory.mayHaveLeftovers = report.outcome === 'abandoned'
    if (report.outcome !== 'completed' && report.outcome !== 'abandoned') await tidy(context, driver, stops)
    const savedPerHour = savedBy(problem, result, report)
    for (const node of report.releasedNodes) memory.givenBack.add(node)
    tally.countExecution(report, savedPerHour, clock.now())
    voice.tell({ kind: 'executed', plan, report, savedPerHour })
    return carried
  } finally {
    await close(context, opened)
  }
}

/** Has a driver take back what an execution has left behind. Where that fails, the plans to come find it. */
async function tidy(
  { policy, clock, tally, voice }: ControllerContext,
  driver: Driver,
  { hard }: Stops
): Promise<void> {
  if (typeof driver.tidy !== 'function') return
  try {
    await askWithin('tidying up', async (signal) => driver.tidy?.(signal), policy.executionSeconds * 1000, clock, hard)
  } catch (fault) {
    if (hard.aborted) return
    tally.failures.add('driver')
    voice.tell({ kind: 'failed', part: 'driver', reason: describeFault(fault) })
  }
}

interface KeptErrand extends Pick<KeptPlan, 'plan' | 'problem' | 'result'> {
  readonly madeAt: number | undefined
  readonly isStale: boolean
}

/** A journal that cannot be closed has kept what it was asked to. */
async function close({ tally, voice }: ControllerContext, opened: OpenJournal): Promise<void> {
  await inPart('journal', () => opened.close()).catch((fault: PartError) => {
    tally.failures.add(fault.part)
    voice.tell({ kind: 'failed', part: fault.part, reason: fault.message })
  })
}

/** Also those of another copy of this package. */
function isJournalError(fault: unknown): fault is JournalError {
  return fault instanceof Error && fault.name === 'JournalError'
}
