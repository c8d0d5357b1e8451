import { readFileSync } from 'node:fs'
import {
  type CompactOptions,
  compact,
  type ProblemInput,
  parseProblem,
  parseResult,
  type Result,
  type Step,
  verifyResult
} from 'replica-compactor'
import { expect } from 'vitest'

/** A Problem of fixtures/, by its path there without the ending. */
export function readFixture(name: string): ProblemInput {
  return JSON.parse(readFileSync(new URL(`../../fixtures/${name}.problem.json`, import.meta.url), 'utf8'))
}

/** A node of 4 cores for 1 an hour, unless told otherwise. */
export function node(id: string, about: Partial<ProblemInput['nodes'][number]> = {}): ProblemInput['nodes'][number] {
  return { id, capacity: { cpu: 4 }, costPerHour: 1, ...about }
}

/** Replicas of a deployment that run on these nodes, named `<deployment>-<k>`; null for a pending one. */
export function running(deployment: string, ...nodes: readonly (string | null)[]): ProblemInput['replicas'] {
  return nodes.map((home, index) => ({ id: `${deployment}-${index}`, deployment, node: home }))
}

export interface Planned {
  readonly result: Result
  readonly cost: number
  /** Where a replica is in the end. */
  readonly homeOf: (replica: string) => string | undefined
  readonly steps: (action: Step['action']) => Step[]
}

/** Expects that the checker finds nothing wrong with a Result and that it is one by its schema. */
export function expectChecked(problem: unknown, result: Result): void {
  expect(verifyResult(parseProblem(problem), result)).toEqual([])
  expect(parseResult(JSON.parse(JSON.stringify(result)))).toEqual(result)
}

/** Plans a small cluster; the Result passes the checker. */
export async function planned(
  cluster: Omit<ProblemInput, 'schemaVersion'>,
  options: CompactOptions = {}
): Promise<Planned> {
  const problem = { schemaVersion: 1 as const, ...cluster }
  const result = await compact(problem, { timeLimitMs: 5000, ...options })
  expectChecked(problem, result)
  const homes = new Map(result.placement.map(({ replica, node: home }) => [replica, home]))
  return {
    result,
    cost: result.objective?.costPerHour ?? Infinity,
    homeOf: (replica) => homes.get(replica),
    steps: (action) => result.plan.steps.filter((step) => step.action === action)
  }
}
