/** Repeats an exercise until its time is over, and measures every repetition. */
import { Bench } from 'tinybench'

/** @import { Exercise } from './task.mjs' */

/**
 * How long something is repeated: both until the time is over and as often.
 *
 * @typedef {object} Pace
 * @property {number} warmUpMs Before anything counts: the engine compiles what is used often, and takes its time to.
 * @property {number} timeMs
 * @property {number} least Repetitions.
 */

/** @typedef {{ samplesMs: number[], outcome: number }} Repeated */

/**
 * What a repetition and its beginning leave behind is collected before the next one, young objects alone: to collect all would throw
 * compiled code away, and what follows would take several times as long.
 *
 * @type {<Input>(exercise: Exercise<Input>, now: () => number, pace: Pace) => Repeated}
 */
export function repeat({ begin, run }, now, { warmUpMs, timeMs, least }) {
  const bench = new Bench({
    now,
    throws: true,
    retainSamples: true,
    warmupTime: warmUpMs,
    warmupIterations: least,
    time: timeMs,
    iterations: least
  })
  let input = begin()
  let outcome = run(input)
  const expected = outcome
  bench.add(
    'exercise',
    () => {
      // Kept outside and looked at: no engine can do without the work.
      outcome = run(input)
    },
    {
      async: false,
      beforeEach: () => {
        input = begin()
        globalThis.gc?.({ type: 'minor' })
      },
      afterEach: () => {
        if (outcome !== expected) throw new Error(`came to ${outcome} after ${expected}: repetitions are not alike`)
      }
    }
  )
  const [task] = bench.runSync()
  if (task?.result.state !== 'completed') throw new Error(`ended as ${task?.result.state}`)
  return { samplesMs: [...(task.result.latency.samples ?? [])], outcome }
}
