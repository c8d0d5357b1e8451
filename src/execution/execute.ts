import type { Plan } from '../../models/contract/plan.js'
import type { Result } from '../../models/contract/result.js'
import type { Driver } from './driver.js'
import { Execution } from './execution.js'
import { type JournalEntry, JournalError } from './journal.js'
import { checkDriver, type ExecuteOptions, resolveExecuteOptions } from './options.js'
import { Progress } from './progress.js'
import { readPlan } from './read-plan.js'
import type { ExecutionReport } from './report.js'
import { findResumption } from './resume.js'

/**
 * Carries out a plan, or that of a Result: every step as soon as those in its `after` have ended and the limits allow. What fails is
 * tried again, then taken back where that is possible, and what depends on it is never begun; so the cluster is legal at every
 * moment, whatever fails. With a journal that has begun the plan already, it goes on where that stands.
 *
 * Failures of the driver stand in the report and reject nothing. Rejects with InputError when plan, driver or options are not what they
 * should be, and with what the journal says (JournalError) when it cannot be read or belongs to a plan that has not ended.
 */
export async function execute(
  plan: Plan | Result,
  driver: Driver,
  options: ExecuteOptions = {}
): Promise<ExecutionReport> {
  const read = readPlan(plan)
  checkDriver(driver)
  const resolved = resolveExecuteOptions(options, read.plan)
  const replay = (entries: readonly JournalEntry[]) => {
    const observes = typeof driver.observe === 'function'
    const spareMigrations = read.plan.spareMigrations ?? Number.POSITIVE_INFINITY
    const progress = new Progress(read.graph, { ...resolved, observes, spareMigrations })
    for (const entry of entries) progress.apply(entry)
    return progress
  }
  const entries: unknown = await resolved.journal.read()
  if (!Array.isArray(entries)) throw new JournalError('the journal does not give a list of entries')
  const resumption = findResumption(entries, read.id, replay)
  const progress = replay(resumption.entries)
  // What was told before the crash is not told again.
  progress.takeNotices()
  return new Execution(read, driver, resolved, progress, resumption).run()
}
