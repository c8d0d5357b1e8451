import type { Sequencer } from '../../benchmarks/sequencing/judge.mjs'
import { verifyPlan } from '../../models/checker/verify-plan.js'
import { parsePlacement, parseProblem } from '../../models/contract/parse.js'
import { compileInstance } from '../../models/instance/compile.js'
import { sequenceMigration } from '../../src/migration/sequence.js'
import { adoptPlacement } from '../../src/result/adopt-placement.js'
import { readTarget } from '../../src/result/read-target.js'
import { wrapSequence } from './wrap-sequence.js'

/** The sequencer from its sources, its plan held against the independent checker. */
export const sequenceChecked: Sequencer = (problem, placement) => {
  const parsed = parseProblem(problem)
  const wished = parsePlacement({ schemaVersion: 1, placement })
  const instance = adoptPlacement(compileInstance(parsed), wished)
  const sequence = sequenceMigration(instance, readTarget(instance, wished))
  return {
    status: sequence.plan.status,
    migrations: sequence.migrations,
    makespanSeconds: sequence.plan.makespanSeconds,
    violations: verifyPlan(parsed, wrapSequence(parsed, instance, sequence)).map(
      ({ code, message }) => `${code}: ${message}`
    ),
    fault: null
  }
}
