import { InputError, parseProblem } from '../../../models/contract/parse.js'
import type { Problem, ProblemInput } from '../../../models/contract/problem.js'
import type { Unchecked } from '../../../models/contract/unchecked.js'
import { canonicalJson, sha256Of } from '../../hash.js'
import { fingerprint } from '../../result/fingerprint.js'
import { VERSION } from '../../version.js'
import type { Alternative } from '../changes/alternative.js'
import { makeChanges } from '../changes/apply-changes.js'
import type { Change } from '../changes/change.js'
import { parseSweepPlan, type ScenarioOptions, type SweepPlanInput } from './sweep-plan.js'

/** One Problem to be solved: the base with some changes, and a seed. */
export interface Scenario {
  /** SHA-256, in hexadecimal, of the changed Problem, options, seed and the version of this package: of all that its answer depends on. */
  readonly id: string
  /** One for each axis, in their order. */
  readonly labels: readonly string[]
  readonly seed: number
  readonly changes: readonly Change[]
}

/** A base Problem and everything that is to be made of it. */
export interface Sweep {
  /** SHA-256, in hexadecimal, of all scenarios, their labels and order. */
  readonly id: string
  readonly name?: string
  readonly version: string
  readonly problem: Problem
  readonly fingerprint: string
  readonly axes: readonly { readonly name: string; readonly labels: readonly string[] }[]
  readonly seeds: readonly number[]
  readonly options: ScenarioOptions
  /** The last axis varies faster than those before it, seeds fastest. Where changes come to the same, several have the same id. */
  readonly scenarios: readonly Scenario[]
}

/**
 * The sweep of a Problem over every combination of a plan's axes and seeds, with stable ids. Throws InputError, also for a value of an axis
 * that cannot be made of the Problem alone; values that only exclude each other become scenarios that fail, and say why.
 */
export function makeSweep(problem: Unchecked<ProblemInput>, plan: Unchecked<SweepPlanInput>): Sweep {
  const base = parseProblem(problem)
  const { name, axes, seeds, options } = parseSweepPlan(plan)
  for (const [at, { values }] of axes.entries()) {
    for (const [index, { changes }] of values.entries()) check(base, changes, `axes[${at}].values[${index}]`)
  }
  const scenarios = combinationsOf(axes).flatMap((values): Scenario[] => {
    const changes = values.flatMap((value) => value.changes)
    const labels = values.map(({ label }) => label)
    const about = describeProblem(base, changes)
    return seeds.map((seed) => ({ id: identify(about, options, seed), labels, seed, changes }))
  })
  const sweep = {
    ...(name === undefined ? {} : { name }),
    version: VERSION,
    fingerprint: fingerprint(base),
    axes: axes.map((axis) => ({ name: axis.name, labels: axis.values.map(({ label }) => label) })),
    seeds,
    options
  }
  const told = scenarios.map(({ id, labels, seed }) => [id, labels, seed])
  return { id: sha256Of(canonicalJson({ ...sweep, told })), ...sweep, problem: base, scenarios }
}

/** What the id of a scenario is the hash of; `about` names its Problem. */
function identify(about: string, options: ScenarioOptions, seed: number): string {
  return sha256Of(canonicalJson({ problem: about, options, seed, version: VERSION }))
}

/** The changed Problem's fingerprint, or what would have to be made of which where that cannot be. */
function describeProblem(base: Problem, changes: readonly Change[]): string {
  try {
    return fingerprint(makeChanges(base, changes))
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    return canonicalJson([fingerprint(base), changes])
  }
}

function check(base: Problem, changes: readonly Change[], place: string): void {
  try {
    makeChanges(base, changes)
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    throw new InputError(
      'sweep',
      error.issues.map((issue) => ({ ...issue, path: `${place}.${issue.path}` }))
    )
  }
}

/** One value of each axis, in every way, the last axis fastest. */
function combinationsOf(axes: readonly { readonly values: readonly Alternative[] }[]): Alternative[][] {
  return axes.reduce<Alternative[][]>(
    (combinations, { values }) => combinations.flatMap((chosen) => values.map((value) => [...chosen, value])),
    [[]]
  )
}
