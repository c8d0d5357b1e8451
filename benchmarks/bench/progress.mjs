/** How far a run of the benchmark is, for people, and how long it may still take. */

/** @import { BenchRun } from './record.mjs' */
/** @import { Cell } from './cells.mjs' */

/** Starting a process, converting and checking, until it is known better. */
const OVERHEAD_SECONDS = 1.5
/** The share of its limits that a contestant takes, until it is known better. */
const SHARE_OF_LIMIT = 0.7

export class Progress {
  /** What the cells of each contestant took so far, and what they might have taken at most. @type {Map<string, { seconds: number, limit: number }>} */
  #usage = new Map()
  #overhead = { seconds: 0, cells: 0 }

  /** @param {readonly Cell[]} cells Those that are still to come. */
  constructor(cells) {
    this.left = [...cells]
    this.total = cells.length
  }

  /** @param {Cell} cell @param {BenchRun} run @param {number} wallSeconds Of the whole cell, its process included. */
  done(cell, run, wallSeconds) {
    this.left.shift()
    const usage = this.#usage.get(cell.contestant.name) ?? { seconds: 0, limit: 0 }
    usage.seconds += run.seconds
    usage.limit += cell.limitSeconds
    this.#usage.set(cell.contestant.name, usage)
    this.#overhead.seconds += wallSeconds - run.seconds
    this.#overhead.cells++
  }

  /** An estimate: a contestant goes on taking the share of its limits that it took so far. */
  get secondsLeft() {
    const overhead = this.#overhead.cells === 0 ? OVERHEAD_SECONDS : this.#overhead.seconds / this.#overhead.cells
    return this.left.reduce((sum, { contestant, limitSeconds }) => {
      const usage = this.#usage.get(contestant.name)
      return sum + overhead + limitSeconds * (usage === undefined ? SHARE_OF_LIMIT : usage.seconds / usage.limit)
    }, 0)
  }

  /** @param {Cell} cell */
  begins({ experiment, entry, contestant, budgetShare, seed }) {
    const place = String(this.total - this.left.length + 1).padStart(String(this.total).length)
    const budget = budgetShare === null ? '' : `, budget ${Math.round(budgetShare * 100)} %`
    return `[${place}/${this.total}] ${experiment}: ${entry.place.name.replace(/^.*\//, '')}${budget}, ${contestant.name}, seed ${seed}`
  }

  /** @param {BenchRun} run */
  ended({ seconds, cost, bound, wrong, refused, termination }) {
    const words =
      refused !== null
        ? `refused: ${refused}`
        : wrong !== null
          ? `WRONG: ${wrong}`
          : `${cost === null ? 'no placement' : `cost ${cost.toFixed(2)}`}${bound === null ? '' : `, bound ${bound.toFixed(2)}`}, ${termination}`
    return `    ${seconds.toFixed(1)} s: ${words} · ${describeDuration(this.secondsLeft)} left`
  }
}

/** @type {(seconds: number) => string} */
export function describeDuration(seconds) {
  if (seconds < 90) return `${Math.round(seconds)} s`
  const minutes = Math.round(seconds / 60)
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
