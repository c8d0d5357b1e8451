/** What a contestant is asked, and what it answers. */

/** @import { Problem } from 'replica-compactor' */
/** @import { Verdict } from './judge.mjs' */

/**
 * @typedef {object} Task
 * @property {Problem} problem With the budget that counts.
 * @property {string} file Where it is written, with that budget.
 * @property {number} limitSeconds For solving.
 * @property {number} gap Where it may stop.
 * @property {number} seed
 * @property {number} threads
 * @property {boolean} isProofOnly Whether it may stop as soon as the gap is proven: only that is timed.
 */

/**
 * An answer as it was given; what it is worth is found out when the clock has stopped.
 *
 * @typedef {{ seconds: number, judge: () => Verdict }} Answer
 */

/**
 * @typedef {object} Attempt
 * @property {number} seconds
 * @property {number | null} cpuSeconds
 * @property {string} termination `infeasible`: it claims that there is no placement.
 * @property {Answer[]} answers As they came; the last is what counts.
 * @property {{ seconds: number, bound: number }[]} bounds As they were proven.
 * @property {number | null} [peakMegabytes] Of the process that solves, where it is another than this.
 * @property {number | null} [starts]
 * @property {string | null} [refused] Why it did not take the task.
 */

/**
 * @typedef {object} Contestant
 * @property {string} name
 * @property {'engine' | 'part' | 'solver' | 'policy'} kind
 * @property {string} description One sentence for readers.
 * @property {boolean} usesSeed Whether another seed may give another answer.
 * @property {boolean} [places] false: it proves bounds and places nothing.
 * @property {() => string[]} versions
 * @property {() => string | null} absence Why it does not run here, in words.
 * @property {(task: Task) => Promise<Attempt>} run
 */

/**
 * Bounds as they were told, but for those above the last: who takes one back has not proven it. null: the last is not told.
 *
 * @type {(told: readonly { seconds: number, bound: number }[], last: number | null, seconds: number) => { seconds: number, bound: number }[]}
 */
export function settleBounds(told, last, seconds) {
  const proven = last === null || !Number.isFinite(last) ? null : last
  const kept = told.filter(({ bound }) => Number.isFinite(bound) && bound <= (proven ?? Infinity))
  let highest = -Infinity
  const rising = kept.filter(({ bound }) => {
    const isHigher = bound > highest
    highest = Math.max(highest, bound)
    return isHigher
  })
  return proven === null ? rising : [...rising, { seconds, bound: proven }]
}

/** @type {(reason: string) => Attempt} */
export const refusal = (reason) => ({
  seconds: 0,
  cpuSeconds: null,
  termination: 'refused',
  answers: [],
  bounds: [],
  refused: reason
})
