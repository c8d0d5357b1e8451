/** What a plan is looked at and changed by, and what is drawn and written of it. */

import type { Problem, ProblemInput, Result } from 'replica-compactor'
import { costByMigrations, describeCluster, openPlayback, renderReport, renderScript } from 'replica-compactor/report'
import {
  type Alternatives,
  alternatives,
  type BoundSource,
  compareResults,
  type ResultDifference,
  type Revision,
  revise,
  type WhyAnswer,
  why
} from 'replica-compactor/review'
import { holds, type Same } from './same.js'

declare const input: ProblemInput
declare const problem: Problem
declare const result: Result
declare const signal: AbortSignal

holds<Same<WhyAnswer['kind'], 'why-node' | 'why-replica' | 'why-cluster' | 'why-infeasible'>>()
holds<Same<BoundSource, 'computed' | 'certificate' | 'stated'>>()
holds<Same<Revision['kind'], 'revision'>>()

export async function review(): Promise<readonly number[]> {
  const answer = await why(input, result, { node: 'a', timeLimitMs: 1000, signal })
  const saved = answer.kind === 'why-node' ? answer.changes.map(({ savesPerHour }) => savesPerHour) : []
  const places: Alternatives = await alternatives(problem, result, 'r', { limit: 3, check: 0 })
  const revised = await revise(
    input,
    result,
    { accept: ['r'], reject: [], pin: ['s'], acceptAll: true },
    { seed: 2, trustBound: true }
  )
  const difference: ResultDifference = compareResults(input, result, revised.result)
  return [...saved, ...places.possible.map(({ costDifference }) => costDifference), difference.counts.length]
}

export const report: string = renderReport(input, result) + renderReport(null, result)
export const script: string = renderScript(input, result)
export const cost: readonly number[] = costByMigrations(problem, result).map(({ costPerHour }) => costPerHour)
export const sentence: string = openPlayback(problem, result).at(1).sentence
export const fates: readonly string[] = describeCluster(problem, result).nodes.map(({ fate }) => fate)

// @ts-expect-error: of a node or of a replica, by names.
void why(input, result, { node: 1 })
// @ts-expect-error: decisions are lists.
void revise(input, result, { pin: 's' })
