import type { Clock } from '../../src/execution/clock.js'

interface Timer {
  readonly at: number
  readonly number: number
  readonly ring: () => void
}

/** Time that passes when nothing else is left to do. */
export class VirtualClock implements Clock {
  private timers: Timer[] = []
  private number = 0
  constructor(private time = 0) {}

  now(): number {
    return this.time
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted === true) {
        reject(signal.reason)
        return
      }
      const timer: Timer = { at: this.time + Math.max(0, milliseconds), number: this.number++, ring: () => resolve() }
      this.timers.push(timer)
      signal?.addEventListener('abort', () => {
        this.timers = this.timers.filter((other) => other !== timer)
        reject(signal.reason)
      })
    })
  }

  /** Calls back at a moment. */
  at(time: number, act: () => void): void {
    this.timers.push({ at: time, number: this.number++, ring: act })
  }

  /** Lets time pass until the promise has settled. Fails where nothing is left that could settle it. */
  async run<Value>(promise: Promise<Value>): Promise<Value> {
    let patience = 400
    let isOver = false
    const over = () => {
      isOver = true
    }
    promise.then(over, over)
    for (;;) {
      // Everything that needs no time comes first.
      await new Promise((resolve) => setImmediate(resolve))
      if (isOver) return promise
      this.timers.sort((left, right) => left.at - right.at || left.number - right.number)
      const next = this.timers.shift()
      if (next === undefined) {
        // Files take real time.
        if (patience-- === 0) throw new Error('nothing is left that could end this')
        await new Promise((resolve) => setTimeout(resolve, 5))
        continue
      }
      this.time = Math.max(this.time, next.at)
      next.ring()
    }
  }

  /** Lets everything happen that is still due, as it would while nobody watches. */
  async settle(): Promise<void> {
    while (this.timers.length > 0) {
      const last = Math.max(...this.timers.map(({ at }) => at))
      await this.run(this.sleep(last - this.time))
    }
  }
}
