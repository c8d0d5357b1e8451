/** Measures tasks in several rounds. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { median, quantile } from './statistics.mjs'

/** @import { ClockName } from './clock.mjs' */
/** @import { Timing, TaskRecord } from './record.mjs' */
/** @import { Round } from './one-round.mjs' */

/**
 * One thread, so that compiling and collecting are in every process at the same places; and room for what is new, so that memory is
 * neither given back nor asked for again, which takes a system differently long each time.
 */
const STEADY = [
  '--expose-gc',
  '--single-threaded',
  '--no-memory-reducer',
  '--min-semi-space-size=64',
  '--max-semi-space-size=64'
]

export const ROUNDS = 5

const script = fileURLToPath(new URL('one-round.mjs', import.meta.url))

/** Rounds that were measured, and what they come to. */
export class Measurement {
  /** @type {Map<string, Round[]>} */
  #roundsOf = new Map()
  /** The samples of each round. @type {number[][]} */
  #calibrations = []
  #clock

  /** @param {ClockName} clock */
  constructor(clock) {
    this.#clock = clock
  }

  /**
   * All tasks in turn, then all again: what slows the machine down for a while meets all of them, and one round of each. Every round of
   * a task is a process of its own, as one process may compile the same code otherwise than another, and what one task leaves behind
   * must not slow down the next.
   *
   * @param {readonly string[]} names @param {(round: number) => void} tell
   */
  takeRounds(names, tell) {
    for (let number = 1; number <= ROUNDS; number++) {
      tell(number)
      const rounds = names.map((name) => ({ name, round: measureRound(name, this.#clock) }))
      for (const { name, round } of rounds) {
        const known = this.#roundsOf.get(name)
        if (known === undefined) this.#roundsOf.set(name, [round])
        else known.push(round)
      }
      this.#calibrations.push(rounds.flatMap(({ round }) => round.calibrationMs))
    }
  }

  /** @returns {{ calibration: Timing, tasks: TaskRecord[] }} */
  get figures() {
    const tasks = [...this.#roundsOf].map(([name, rounds]) => {
      const outcomes = rounds.map(({ outcome }) => outcome)
      return { name, outcome: agreeOn(name, outcomes), ...summarise(rounds.map(({ samplesMs }) => samplesMs)) }
    })
    return { calibration: summarise(this.#calibrations), tasks }
  }
}

/** @type {(name: string, clock: ClockName) => Round} */
function measureRound(name, clock) {
  const args = [...STEADY, script, name, clock]
  const { status, signal, stdout, stderr, error } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    maxBuffer: 1e8
  })
  if (error !== undefined) throw error
  if (status !== 0) throw new Error(`the task ${name} failed (${signal ?? `exit code ${status}`}):\n${stderr}`)
  return JSON.parse(stdout)
}

/** @type {(name: string, outcomes: readonly number[]) => number} */
function agreeOn(name, outcomes) {
  const [first = 0, ...others] = outcomes
  const other = others.find((outcome) => outcome !== first)
  if (other !== undefined)
    throw new Error(`the task ${name} came to ${first}, then to ${other}: its rounds are not alike`)
  return first
}

/** @type {(rounds: readonly (readonly number[])[]) => Timing} */
export function summarise(rounds) {
  const all = rounds.flat()
  const roundsMs = rounds.map((samples) => toMicroseconds(median(samples)))
  return {
    medianMs: toMicroseconds(median(roundsMs)),
    quartilesMs: [toMicroseconds(quantile(all, 1 / 4)), toMicroseconds(quantile(all, 3 / 4))],
    roundsMs,
    iterations: all.length
  }
}

/** No clock is finer. @type {(ms: number) => number} */
const toMicroseconds = (ms) => Math.round(ms * 1000) / 1000
