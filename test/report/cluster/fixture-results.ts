import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { parseProblem } from '../../../models/contract/parse.js'
import type { Problem } from '../../../models/contract/problem.js'
import type { Result } from '../../../models/contract/result.js'
import { compact } from '../../../src/index.js'

/** Fixtures that greedy packing plans at once: scalars and devices, whole and shared, with and without stated devices. */
export const FIXTURES = [
  'quickstart.problem.yaml',
  'golden-deadlock.problem.json',
  'openb/openb-slice-30.problem.json',
  'openb/openb-slice-120.problem.json',
  'dense/dense-50-1.problem.json',
  'synthetic/synthetic-50-1.problem.json'
] as const

export function readFixture(name: string): Problem {
  return parseProblem(parse(readFileSync(new URL(`../../../fixtures/${name}`, import.meta.url), 'utf8')))
}

/** A fixture, planned by greedy packing: the same on every machine. */
export async function planFixture(name: string, changes: Partial<Problem> = {}): Promise<[Problem, Result]> {
  const problem = { ...readFixture(name), ...changes }
  return [problem, await compact(problem, { solver: 'greedy', workLimit: 2000 })]
}
