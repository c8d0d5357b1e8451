/** What a user of the package may write. Prints what came of it as JSON, and must end by itself. */
import { readFileSync } from 'node:fs'
import { argv, stdout } from 'node:process'
import { compact, parseProblem, verifyResult } from 'replica-compactor'
import { result as resultSchema, verifyPlan } from 'replica-compactor/models'
import schema from 'replica-compactor/schemas/problem.schema.json' with { type: 'json' }

const problem = parseProblem(JSON.parse(readFileSync(argv[2], 'utf8')))
const greedy = await compact(problem, { solver: 'greedy' })
const result = await compact(problem, { threads: 2, timeLimitMs: 40_000 })

const observed = {
  greedyGap: greedy.gap,
  termination: result.termination,
  solver: result.solve.solver,
  costPerHour: result.objective.costPerHour,
  violations: [...verifyResult(problem, result), ...verifyPlan(problem, result)],
  isResult: resultSchema.safeParse(result).success,
  required: schema.required
}
stdout.write(JSON.stringify(observed))
