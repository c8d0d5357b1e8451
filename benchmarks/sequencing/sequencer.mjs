/** The sequencer as users have it: through `sequence` of the package, which checks every plan that it gives. */
import { parseProblem, sequence } from '../../dist/src/index.js'

/** @import { Parse, Sequencer } from './judge.mjs' */

/** @type {Parse} */
export const parse = parseProblem

/** @type {Sequencer} */
export async function sequencePublicly(problem, placement) {
  const running = new Set(problem.replicas.flatMap(({ id, node }) => (node === null ? [] : [id])))
  try {
    const { plan } = await sequence(problem, { schemaVersion: 1, placement })
    const starts = plan.steps.filter((step) => step.action === 'start' && running.has(step.replica))
    return {
      status: plan.status,
      migrations: starts.length,
      makespanSeconds: plan.makespanSeconds,
      violations: [],
      fault: null
    }
  } catch (error) {
    // Whatever it is: both ends are legal, so that there is an answer.
    const fault = error instanceof Error ? error.message : String(error)
    return { status: 'partial', migrations: 0, makespanSeconds: 0, violations: [], fault }
  }
}
