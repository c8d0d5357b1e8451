/**
 * A process as anybody would write it: every second scenario of a sweep, one after the other, with `compact` alone. Called as
 * `plain-process.mjs PROBLEM PLAN HALF`; prints what each costs and what is proven, by scenario.
 */
import { readFileSync } from 'node:fs'
import { compact } from 'replica-compactor'
import { applyChanges, makeSweep } from 'replica-compactor/capacity'

const [problemFile = '', planFile = '', half = ''] = process.argv.slice(2)
const problem = JSON.parse(readFileSync(problemFile, 'utf8'))
const plan = JSON.parse(readFileSync(planFile, 'utf8'))
/** @type {Record<string, unknown>} */
const answers = {}
for (const [index, { id, changes, seed }] of makeSweep(problem, plan).scenarios.entries()) {
  if (index % 2 !== Number(half)) continue
  const { objective, bound } = await compact(applyChanges(problem, changes), {
    workLimit: plan.options.workLimit,
    seed,
    threads: 1
  })
  answers[id] = [objective?.costPerHour ?? null, objective?.migrations ?? null, bound?.total ?? null]
}
process.stdout.write(JSON.stringify(answers))
