import type { Explanation, Result } from '../../models/contract/result.js'
import type { Incumbents } from '../search/incumbents.js'
import {
  describeFormulation,
  describeInitial,
  describeLimits,
  describeWork,
  limitOf,
  type ResultContext
} from './assemble-result.js'
import type { Conflict } from './conflict/conflict.js'
import type { InfeasibleExplained } from './explain-infeasible.js'
import { identityOf } from './fingerprint.js'
import { moreEffort } from './hints.js'

/**
 * The Result where nothing was found. Only what is proven is told as a contradiction; what else seems to stand in the way is a
 * note, as is what was found out beside it.
 */
export function assembleNothing(
  incumbents: Incumbents,
  { parts, remarks }: InfeasibleExplained,
  isInfeasible: boolean,
  { fingerprint, seed, solver, notes, interrupted, budget, limits = {}, executableOn }: ResultContext
): Result {
  const { instance, watch } = incumbents
  const proofs = parts.filter(({ isProof }) => isProof)
  const suspects = parts.filter(({ isProof }) => !isProof)
  const isProven = isInfeasible || proofs.length > 0
  const said = [
    ...notes,
    ...(isProven ? remarks : [whyNothing(incumbents, interrupted)]),
    ...(isProven && proofs.length === 0 && executableOn === undefined
      ? ['a solver proves that there is no placement, and not which parts exclude it']
      : []),
    ...suspects.map(({ path, message }) => `perhaps in the way: ${path}: ${message}`)
  ]
  return {
    schemaVersion: 1,
    problem: identityOf(instance.problem, fingerprint),
    termination: isProven ? 'infeasible' : limitOf({ interrupted, budget }),
    primalStatus: 'none',
    initial: describeInitial(instance),
    placement: [],
    assumedDevices: [],
    headroom: [],
    unplaced: [],
    violations: [],
    newNodes: [],
    releasedNodes: [],
    plan: { status: 'partial', steps: [], makespanSeconds: 0 },
    solve: {
      seconds: watch.elapsedMs() / 1000,
      seed,
      ...describeWork(budget),
      ...describeLimits({ limits }),
      solver,
      ...describeFormulation({ executableOn }),
      incumbents: [],
      searches: incumbents.searches
    },
    explanation: explain(proofs, said)
  }
}

function explain(proofs: readonly Conflict[], notes: readonly string[]): Explanation {
  return {
    ...(proofs.length === 0 ? {} : { conflict: proofs.map(({ path, message }) => ({ path, message })) }),
    ...(notes.length === 0 ? {} : { notes: [...notes] })
  }
}

function whyNothing({ hasAnswer }: Incumbents, interrupted: boolean): string {
  if (hasAnswer) return `placements were found, and no safe order of moves to any of them: ${moreEffort('find one')}`
  const when = interrupted ? 'before the interrupt' : 'in time'
  return `no placement was found ${when}, and nothing proves that there is none: ${moreEffort('find one')}`
}
