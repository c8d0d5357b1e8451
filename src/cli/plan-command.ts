import { InputError, parsePlacement, parseProblem } from '../../models/contract/parse.js'
import { type CompactOptions, compact } from '../index.js'
import type { ExecutableOn, SolverChoice } from '../options.js'
import { renderNextSteps } from '../report/text/next-steps.js'
import { renderProfile } from '../report/text/profile.js'
import { namedFiles } from './capacity/page-facts.js'
import { describeCall } from './describe-call.js'
import { expectRay } from './expect-system.js'
import { checkOneStandardInput, readInput } from './input-file.js'
import { interruptOnSignal } from './interrupt.js'
import { blameOptions } from './option-faults.js'
import { DEFAULT_SECONDS, remainingMs } from './option-values.js'
import { checkOutputs } from './output.js'
import { displayProgress } from './progress.js'
import { writeReport } from './report-command.js'
import { deliverResult, type ResultOptions } from './result-output.js'
import { chooseStyle } from './terminal.js'

interface PlanOptions extends ResultOptions {
  readonly html?: string
  readonly timeLimit?: number
  readonly workLimit?: number
  readonly gap: number
  readonly maxMigrations?: number
  readonly maxMoveCost?: number
  readonly solver: SolverChoice
  readonly executableOn?: ExecutableOn
  readonly threads?: number
  readonly seed: number
  readonly start?: string
  readonly profile?: boolean
  readonly certificate?: boolean
  readonly quiet?: boolean
}

/** `plan PROBLEM`: solves, sequences, and prints the summary or the Result. */
export async function runPlan(path: string, options: PlanOptions): Promise<void> {
  const { output, html } = options
  await checkOutputs({ '-o': output, '--html': html }, [path])
  if (options.start !== undefined) checkOneStandardInput(path, options.start)
  const problem = await readInput(path, parseProblem)
  if (options.executableOn === 'ray') expectRay(problem, path, 'without --executable-on any plan is considered')
  const start = options.start === undefined ? undefined : await readInput(options.start, parsePlacement)
  const progress = options.quiet === true ? undefined : displayProgress(process.stderr)
  const run = compact(problem, {
    ...toCompactOptions(options),
    ...(start && { start }),
    ...(progress && { onProgress: progress.show })
  })
  const stopListening = interruptOnSignal(() => {
    progress?.end()
    run.interrupt()
  })
  try {
    const result = await run
    progress?.end()
    const isOpen = ['time-limit', 'work-limit', 'interrupted'].includes(result.termination)
    const { executableOn } = options
    const call = {
      ...describeCall('plan', [path], problem, options.output),
      isOpen,
      ...(executableOn === undefined ? {} : { executableOn })
    }
    if (options.profile === true) process.stderr.write(renderProfile(result, chooseStyle(process.stderr, process.env)))
    await deliverResult(problem, result, options, renderNextSteps(call, chooseStyle(process.stdout, process.env)))
    if (html !== undefined) {
      await writeReport(html, problem, result, {
        madeFrom: namedFiles({ 'Problem file': path, 'Result file': output })
      })
    }
  } catch (error) {
    throw error instanceof InputError && error.subject === 'options' ? blameOptions(error) : error
  } finally {
    progress?.end()
    stopListening()
  }
}

function toCompactOptions(options: PlanOptions): CompactOptions {
  const { workLimit, gap, maxMigrations, maxMoveCost, solver, threads, seed } = options
  const { profile = false, certificate = false, executableOn } = options
  const { timeLimit = workLimit === undefined ? DEFAULT_SECONDS : undefined } = options
  return {
    ...(timeLimit === undefined ? {} : { timeLimitMs: remainingMs(timeLimit) }),
    ...(workLimit === undefined ? {} : { workLimit }),
    relativeGap: gap,
    seed,
    solver,
    profile,
    certificate,
    ...(executableOn === undefined ? {} : { executableOn }),
    ...(threads === undefined ? {} : { threads }),
    ...(maxMigrations === undefined ? {} : { maxMigrations }),
    ...(maxMoveCost === undefined ? {} : { maxMoveCost })
  }
}
