import type { Clock } from '../execution/clock.js'
import type { Driver } from '../execution/driver.js'
import type { Journal, JournalEntry } from '../execution/journal.js'
import type { Happening } from './cluster-event.js'

/** What an executor works with. */
export interface Surroundings {
  readonly driver: Driver
  readonly clock: Clock
  readonly journal: Journal
}

/**
 * Whether the executor crashes at its next line: before the journal keeps it, or just after, before the executor knows. `line` counts
 * the lines that were begun, crashed ones included, from 0.
 */
export type CrashRule = (line: number, entry: JournalEntry) => 'before' | 'after' | null

/** How long it takes until a new executor is there, in milliseconds. */
const AWAY = 5_000
/** How long a journal takes to keep a line, in milliseconds. */
const WRITING = 2
/** A rule that crashes every executor would never end. */
const MOST_CRASHES = 10_000

/** Lets an executor work, crash as the rule says, and another one resume with the same cluster and journal, until one has finished. */
export async function executeWithCrashes<Report>(
  surroundings: Surroundings,
  crashes: CrashRule,
  tell: (happening: Happening) => void,
  work: (surroundings: Surroundings) => Promise<Report>
): Promise<Report> {
  let line = 0
  for (let crash = 0; crash < MOST_CRASHES; crash++) {
    const life = new Life(surroundings, (entry) => crashes(line++, entry), tell)
    const outcome = await Promise.race([work(life.surroundings).then((report) => ({ report })), life.end])
    if (outcome !== 'crashed') return outcome.report
    tell({ kind: 'executor-crashed' })
    await surroundings.clock.sleep(AWAY)
    tell({ kind: 'executor-resumed' })
  }
  throw new Error(`the executor crashed ${MOST_CRASHES} times`)
}

/** One executor's view of the world. When it has crashed, nothing it asks for is done and nothing answers: it is frozen for ever. */
class Life {
  readonly surroundings: Surroundings
  readonly end: Promise<'crashed'>
  #isOver = false
  #written = Promise.resolve()
  #crash: () => void = () => {}

  constructor(
    { driver, clock, journal }: Surroundings,
    private readonly crashes: (entry: JournalEntry) => ReturnType<CrashRule>,
    private readonly tell: (happening: Happening) => void
  ) {
    this.end = new Promise((resolve) => {
      this.#crash = () => {
        this.#isOver = true
        resolve('crashed')
      }
    })
    this.surroundings = {
      driver: {
        cordon: (step, call) => this.#live(() => driver.cordon(step, call)),
        uncordon: (step, call) => this.#live(() => driver.uncordon(step, call)),
        provision: (step, call) => this.#live(() => driver.provision(step, call)),
        start: (step, call) => this.#live(() => driver.start(step, call)),
        ready: (step, call) => this.#live(() => driver.ready(step, call)),
        shift: (step, call) => this.#live(() => driver.shift(step, call)),
        drain: (step, call) => this.#live(() => driver.drain(step, call)),
        stop: (step, call) => this.#live(() => driver.stop(step, call)),
        release: (step, call) => this.#live(() => driver.release(step, call)),
        observe: (step, call) => this.#live(async () => (await driver.observe?.(step, call)) ?? {})
      },
      clock: {
        now: () => clock.now(),
        sleep: (milliseconds, signal) => this.#live(() => clock.sleep(milliseconds, signal))
      },
      journal: {
        read: () => this.#live(() => journal.read()),
        append: (entry) => this.#live(() => this.#append(journal, clock, entry))
      }
    }
  }

  /** One after the other, each in its time: what waits to be written when the executor crashes is lost. */
  #append(journal: Journal, clock: Clock, entry: JournalEntry): Promise<void> {
    this.#written = this.#written.then(() => this.#write(journal, clock, entry))
    return this.#written
  }

  async #write(journal: Journal, clock: Clock, entry: JournalEntry): Promise<void> {
    await clock.sleep(WRITING)
    if (this.#isOver) return
    const crash = this.crashes(entry)
    if (crash !== 'before') {
      await journal.append(entry)
      this.#retell(entry)
    }
    if (crash !== null) this.#crash()
  }

  /** What the executor knows from this line on. */
  #retell(entry: JournalEntry): void {
    if (entry.kind !== 'end') return
    if (entry.node !== undefined) this.tell({ kind: 'death-noted', node: entry.node })
    if (entry.verb !== 'observe' || entry.fault !== 'changed') return
    this.tell({ kind: 'change-observed', step: entry.step, message: entry.message ?? 'the cluster changed' })
  }

  #live<Value>(act: () => Promise<Value>): Promise<Value> {
    return new Promise((resolve, reject) => {
      if (this.#isOver) return
      act().then(
        (value) => {
          if (!this.#isOver) resolve(value)
        },
        (reason: unknown) => {
          if (!this.#isOver) reject(reason)
        }
      )
    })
  }
}
