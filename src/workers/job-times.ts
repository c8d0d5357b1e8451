import type { Spent } from '../profile.js'

/** When a job was begun and answered in its thread, in milliseconds of `wallClock`. */
export interface JobTimes {
  readonly begunAt: number
  readonly answeredAt: number
}

/** Milliseconds since 1970, finer than Date tells them; the same in all threads. */
export function wallClock(): number {
  return performance.timeOrigin + performance.now()
}

/** Follows one call to a thread, and tells where its time goes: until the thread is up, in the job, on the way there and back. */
export class JobClock {
  readonly #kind: string
  readonly #spent: Spent
  readonly #askedAt = wallClock()
  #sentAt: number | null = null
  #times: JobTimes | null = null

  constructor(kind: string, spent: Spent) {
    this.#kind = kind
    this.#spent = spent
  }

  /** The thread is up. */
  isUp(): void {
    this.#spent('spawn', wallClock() - this.#askedAt)
  }

  /** The input is about to be sent. */
  isSent(): void {
    this.#sentAt = wallClock()
  }

  /** The thread says when it began and answered. */
  hear(times: JobTimes): void {
    this.#times = times
  }

  /** The output was read; it may tell milliseconds spent in parts of the job, under the key `profile`. */
  read(output: object): void {
    const { profile = {} }: { profile?: Readonly<Record<string, number>> } = output
    for (const [part, milliseconds] of Object.entries(profile)) this.#spent(part, milliseconds)
  }

  /** The call is over. A thread that told no times, or gave no answer, worked all the while as far as is known. */
  stop(): void {
    const sentAt = this.#sentAt
    if (sentAt === null) return
    const { begunAt, answeredAt } = this.#times ?? { begunAt: sentAt, answeredAt: wallClock() }
    this.#spent('transfer', Math.max(0, begunAt - sentAt) + Math.max(0, wallClock() - answeredAt))
    this.#spent(this.#kind, Math.max(0, answeredAt - begunAt))
  }
}
