import { readFileSync } from 'node:fs'
import { type Certificate, compact, type Problem, parseProblem, type Result } from 'replica-compactor'

/** Problem and Result of a cluster with a budget, so that its certificate has groups and a row. */
export async function certifyCluster(): Promise<{
  readonly problem: Problem
  readonly result: Result
  readonly certificate: Certificate
}> {
  const text = readFileSync(new URL('../../fixtures/dense/dense-25-1.problem.json', import.meta.url), 'utf8')
  const problem = parseProblem(JSON.parse(text))
  const result = await compact(problem, { certificate: true, timeLimitMs: 20_000 })
  if (result.certificate === undefined) throw new Error(`no certificate: ${result.explanation.notes}`)
  return { problem, result, certificate: result.certificate }
}
