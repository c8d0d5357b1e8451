/** Moves put in order, and checked: on clusters of family tight, that are made together with the placement to reach. */
import { parsePlacement, parseProblem, sequence } from 'replica-compactor'
import { verifyPlacement } from '../../../dist/models/checker/verify-placement.js'
import { verifyResult } from '../../../dist/models/checker/verify-result.js'
import { compileInstance } from '../../../dist/models/instance/compile.js'
import { sequenceMigration } from '../../../dist/src/migration/sequence.js'
import { adoptPlacement } from '../../../dist/src/result/adopt-placement.js'
import { readTarget } from '../../../dist/src/result/read-target.js'
import { makeTight } from '../../families/tight.mjs'
import { reading } from '../task.mjs'

/** @import { Placement, Problem, Result } from 'replica-compactor' */
/** @import { Exercise } from '../task.mjs' */
/** @import { Instance } from './reading.mjs' */

/** @type {(nodes: number) => { problem: Problem, placement: Placement }} */
function makeCase(nodes) {
  const { problem, placement } = makeTight(nodes, 1)
  return { problem: parseProblem(problem), placement: parsePlacement(placement) }
}

/**
 * Orders and schedules; what comes of it is how many replicas start somewhere else.
 *
 * @type {(nodes: number) => Exercise<{ instance: Instance, target: ReturnType<typeof readTarget> }>}
 */
export function sequencing(nodes) {
  const { problem, placement } = makeCase(nodes)
  return {
    begin: () => {
      const instance = adoptPlacement(compileInstance(problem), placement)
      return { instance, target: readTarget(instance, placement) }
    },
    run: ({ instance, target }) => sequenceMigration(instance, target).migrations
  }
}

/** What comes of it are the violations that are found: none. @type {(nodes: number) => Exercise<{ problem: Problem, placement: Placement }>} */
export function checkingPlacement(nodes) {
  return reading(makeCase(nodes), ({ problem, placement }) => verifyPlacement(problem, placement).length)
}

/** The same of a whole Result, with its plan. @type {(nodes: number) => Promise<Exercise<{ problem: Problem, result: Result }>>} */
export async function checkingResult(nodes) {
  const { problem, placement } = makeCase(nodes)
  const result = await sequence(problem, placement)
  return reading({ problem, result }, (given) => verifyResult(given.problem, given.result).length)
}
