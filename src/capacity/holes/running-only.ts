import type { Problem } from '../../../models/contract/problem.js'
import { compileInstance } from '../../../models/instance/compile.js'
import { PackingState } from '../../search/packing-state.js'
import { wantedCounts } from '../question/scenario.js'

/** What runs is all that is wanted: nothing waits, nothing is too much, and no headroom is kept. */
export function runningOnly(problem: Problem): Problem {
  const replicas = problem.replicas.filter(({ node }) => node !== null)
  const undecided = problem.deployments.map(({ replicas: _, ...deployment }) => deployment)
  const counts = wantedCounts({ ...problem, deployments: undecided, replicas })
  return {
    ...problem,
    deployments: undecided.map((deployment, index) => ({ ...deployment, replicas: counts[index] as number })),
    replicas,
    headroom: []
  }
}

/** The Problem without the rules that what runs breaks, and these by their places in it. */
export function withoutBrokenRules(problem: Problem): {
  readonly problem: Problem
  readonly broken: readonly string[]
} {
  const broken = [...problem.rules.entries()].filter(([, rule]) => {
    const { rules } = new PackingState(compileInstance({ ...problem, rules: [rule] }))
    return rules.continuousExcess() > 0 || rules.final.excess() > 0
  })
  const left = new Set(broken.map(([index]) => index))
  return {
    problem: { ...problem, rules: problem.rules.filter((_, index) => !left.has(index)) },
    broken: broken.map(([index, { kind }]) => `rules[${index}] (${kind})`)
  }
}
