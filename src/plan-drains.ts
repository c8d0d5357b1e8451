import { stayIsLegal } from '../models/checker/broken-rules.js'
import type { Producer } from '../models/contract/placement.js'
import type { Result } from '../models/contract/result.js'
import { countBy } from '../models/grouping.js'
import type { Instance } from '../models/instance/instance.js'
import { type Answer, passesGate, savingOf } from './answers.js'
import type { Budget } from './budget.js'
import { describeSolvers, findMissingSolver, noteTrouble } from './chosen-solvers.js'
import type { RunContext } from './compact-run.js'
import { sequenceDrains } from './migration/sequence-drains.js'
import type { ResolvedOptions } from './options.js'
import type { Profile } from './profile.js'
import { assembleNothing } from './result/assemble-nothing.js'
import { assembleResult, type ResultContext } from './result/assemble-result.js'
import { withCertificate, withoutFunding } from './result/certificate.js'
import { type CheckedResult, checkReached } from './result/check-reached.js'
import { explainDrains } from './result/explain-drains.js'
import { explainInfeasible } from './result/explain-infeasible.js'
import { fingerprint } from './result/fingerprint.js'
import type { Drain } from './search/drains/drain.js'
import { type DrainPlan, longestPrefix } from './search/drains/drain-plan.js'
import { provenOf, searchDrains } from './search/drains/drain-portfolio.js'
import { DrainRecord } from './search/drains/drain-record.js'
import { type SettledStart, settleStart } from './search/drains/settled-start.js'
import { Incumbents } from './search/incumbents.js'
import type { SolverTeam } from './search/solver-team.js'
import { appraise, type Worth } from './search/worth.js'
import type { Branch } from './solvers/patterns/branching.js'
import type { Stopwatch } from './stopwatch.js'
import { shareOut } from './time-shares.js'

/** What planning drains is done with. */
export interface DrainPlanning {
  readonly options: ResolvedOptions & { readonly solvers: SolverTeam | null }
  readonly watch: Stopwatch
  readonly budget: Budget
  readonly run: RunContext
  readonly profile: Profile
}

/**
 * Plans what stock Ray Serve can execute: nodes drained one after the other, each as a whole, the replacements where Serve's own rule puts
 * them. Told and checked like any other plan; bounds are those of less restricted plans, or of all sequences where these were tried.
 */
export async function planDrains(instance: Instance, planning: DrainPlanning): Promise<Result> {
  const { options, watch, budget, run, profile } = planning
  const { solvers } = options
  const { problem } = instance
  const incumbents = new Incumbents(instance, watch, { onChange: () => run.report(incumbents), profile })
  const mayStay = stayIsLegal(problem)
  const settled = settleStart(instance)
  const record = new DrainRecord(settled, appraise(settled.state), (worth) => !mayStay || passesGate(instance, worth))
  run.enter('greedy', incumbents, options)
  let branches: readonly Branch[] | null = null
  const ends = (phase: 'placement' | 'sequence') =>
    budget.until((limit, _, counts) => shareOut(limit, counts, instance.copies.length)[phase])
  const missing = findMissingSolver(options.solver, solvers, ends('placement'), run.signal)
  const isProven = await searchDrains(incumbents, record, settled, {
    ...options,
    budget: ends('placement'),
    signal: run.signal,
    enter: () => run.enter('placement', incumbents, options),
    onBranches: (proof) => {
      branches = proof
    }
  })
  const fault = await missing
  if (fault !== null) throw fault
  run.throwIfAborted()
  const about: ResultContext = {
    fingerprint: profile.time('fingerprint', () => fingerprint(problem)),
    seed: options.seed,
    solver: describeSolvers(solvers),
    notes: [
      ...(options.start === undefined ? [] : [START_UNUSED]),
      ...noteMisplaced(instance, settled),
      ...noteTrouble(solvers)
    ],
    relativeGap: options.relativeGap,
    interrupted: run.interrupted,
    moveBound: provenOf(record, isProven),
    budget,
    limits: options,
    executableOn: 'ray'
  }
  const certified = ({ result }: CheckedResult) =>
    options.certificate ? withCertificate(instance, branches, result) : withoutFunding(result)
  const whole = reachDrains(incumbents, record, planning, about, ({ missing }) => missing === 0)
  if (whole !== null) return certified(whole)
  const explained = await explainInfeasible(instance, { budget, signal: run.signal, solvers: null })
  // What Serve leaves waiting, or on a node that must be empty, need not keep the rest from being done.
  const isContradiction = explained.parts.some((part) => part.isProof)
  const part = isContradiction ? null : reachDrains(incumbents, record, planning, about, () => true)
  if (part !== null) return certified(part)
  // Sequences are tried whatever the deadline and the checks say: what they refuse is not proven to be out of reach.
  const isOutOfReach = isProven && (!incumbents.hasAnswer || !comesToRest(instance, settled))
  const notes = [...about.notes, ...(isOutOfReach && !isContradiction ? [OUT_OF_REACH] : [])]
  return assembleNothing(incumbents, explained, isOutOfReach, { ...about, notes })
}

const OUT_OF_REACH = 'Ray Serve cannot reach a placement that satisfies the Problem by draining nodes'
const START_UNUSED = 'start: not used, for what can be executed is a sequence of drains'

/** The best plan of those that are wanted and pass the checks; null when none does. One that misses something is a partial plan. */
function reachDrains(
  incumbents: Incumbents,
  record: DrainRecord,
  { options, profile, run }: DrainPlanning,
  about: ResultContext,
  isWanted: (worth: Worth) => boolean
): CheckedResult | null {
  const { instance } = incumbents
  const { settled } = record
  const notes = gateNotes(instance, record)
  for (const { found, producer } of plansFound(incumbents, record)) {
    if (!isWanted(found.worth)) continue
    run.enter('sequence', incumbents, options)
    const [plan, sequence] = profile.time('sequence', () =>
      longestPrefix(instance, found, (part) => sequenceDrains(instance, settled, part))
    )
    if (sequence === null || (plan !== found && !record.allows(plan.worth))) continue
    run.enter('check', incumbents, options)
    const isCutShort = plan.drains.length < found.drains.length
    const status = plan.worth.missing > 0 || isCutShort ? 'partial' : 'complete'
    const answer: Answer = {
      target: plan.target,
      producer,
      worth: plan.worth,
      notes: [...notes, ...noteUnkeptLimits(instance, plan.drains)],
      isGated: record.gated !== null
    }
    const reached = { ...sequence, plan: { ...sequence.plan, status } as const }
    const result = explainDrains(instance, plan, assembleResult(incumbents, answer, reached, about), isCutShort)
    const checked = profile.time('verify', () => checkReached(instance.problem, result))
    if (checked.violations.length === 0) return checked
  }
  return null
}

/** What was found, the best first, and who made it; before the best, one worth as much with fewer second moves. */
function* plansFound(
  { history }: Incumbents,
  record: DrainRecord
): Generator<{ readonly found: DrainPlan; readonly producer: Producer }> {
  for (const { target, producer } of [...history].reverse()) {
    const found = record.planOf(target)
    if (found === undefined) continue
    const { best, leanest } = record
    if (found === best && leanest !== null && leanest !== best) yield { found: leanest, producer: 'local-search' }
    yield { found, producer }
  }
}

function noteMisplaced({ problem }: Instance, { misplaced }: SettledStart): string[] {
  if (misplaced === null) return []
  const [deployment, node] = [problem.deployments[misplaced.deployment]?.id, problem.nodes[misplaced.node]?.id]
  return [
    `Ray Serve would start a waiting replica of "${deployment}" on "${node}", where it must not run; nothing is drained before it has a place: give Serve another node for it, or a placement of its own (labels, a placement group)`
  ]
}

/** Whether what Serve does unasked is safe. */
function comesToRest(instance: Instance, { target }: SettledStart): boolean {
  return sequenceDrains(instance, target, { target, drains: [] }) !== null
}

/** Run-time limits that Serve knows nothing of, where a drain starts more at a time. */
function noteUnkeptLimits({ problem }: Instance, drains: readonly Drain[]): string[] {
  const { inFlight, startsPerNode } = problem.migration.limits
  const most = (counts: Iterable<number>) => [...counts].reduce((highest, count) => Math.max(highest, count), 0)
  const atOnce = most(drains.map(({ moves }) => moves.length))
  const onOneNode = most(drains.flatMap(({ moves }) => [...countBy(moves, ({ to }) => to.node).values()]))
  const unkept = [
    ...(atOnce > (inFlight ?? Infinity) ? [`migration.limits.inFlight is ${inFlight}, ${atOnce} start at once`] : []),
    ...(onOneNode > (startsPerNode ?? Infinity)
      ? [`migration.limits.startsPerNode is ${startsPerNode}, ${onOneNode} start on one node`]
      : [])
  ]
  if (unkept.length === 0) return []
  return [
    `Ray Serve starts all replacements of a drained node at once, and keeps no limits of a schedule: ${unkept.join('; ')}`
  ]
}

function gateNotes(instance: Instance, { gated }: DrainRecord): string[] {
  return gated === null ? [] : [`the gate forbids a saving of ${savingOf(instance, gated)} per hour`]
}
