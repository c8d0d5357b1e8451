import { BEGINNING, type ClusterClock } from './clock.js'

interface Timer {
  readonly at: number
  readonly number: number
  readonly ring: () => void
}

/** Turns of the event loop in which nothing is asked before time passes: a request needs a few of them. */
const QUIET_TURNS = 30

/** Time that passes when no request is under way and none comes: a day takes as long as what happens in it. */
export class IdleClock implements ClusterClock {
  #time = BEGINNING
  #timers: Timer[] = []
  #number = 0
  #open = 0
  #activity = 0

  now(): number {
    return this.#time
  }

  after(milliseconds: number, ring: () => void): void {
    this.#activity++
    this.#timers.push({ at: this.#time + Math.max(0, milliseconds), number: this.#number++, ring })
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted === true) {
        reject(signal.reason)
        return
      }
      const ring = () => {
        signal?.removeEventListener('abort', give)
        resolve()
      }
      const give = () => {
        this.#timers = this.#timers.filter((timer) => timer.ring !== ring)
        reject(signal?.reason)
      }
      signal?.addEventListener('abort', give, { once: true })
      this.after(milliseconds, ring)
    })
  }

  close(): void {
    this.#timers = []
  }

  /** How many timers are waited for. */
  get pending(): number {
    return this.#timers.length
  }

  /** A request has begun; the returned function says that it has ended. */
  beginRequest(): () => void {
    this.#activity++
    this.#open++
    return () => {
      this.#activity++
      this.#open--
    }
  }

  /** Lets time pass until the promise has settled. */
  async run<Value>(promise: Promise<Value>): Promise<Value> {
    let isOver = false
    const over = () => {
      isOver = true
    }
    promise.then(over, over)
    for (;;) {
      await this.#quiet()
      if (isOver) return promise
      this.#timers.sort((left, right) => left.at - right.at || left.number - right.number)
      const next = this.#timers.shift()
      if (next === undefined) throw new Error('nothing is left that could end this')
      this.#time = Math.max(this.#time, next.at)
      next.ring()
    }
  }

  async #quiet(): Promise<void> {
    let seen = this.#activity
    for (let turns = 0; turns < QUIET_TURNS || this.#open > 0; turns++) {
      await new Promise((resolve) => setImmediate(resolve))
      if (seen !== this.#activity) turns = 0
      seen = this.#activity
    }
  }
}
