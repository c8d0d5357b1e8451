import type { ControllerParts } from '../../src/controller/controller.js'
import type { Driver } from '../../src/execution/driver.js'
import type { Journal } from '../../src/execution/journal.js'

type Parts = Pick<ControllerParts, 'read' | 'compact' | 'clock'> & {
  readonly driver: Driver
  readonly journal?: Journal
}

/** When a controller dies: at which of the things it awaits, counted from 0, before they are asked for or when they have been done. */
export interface Death {
  readonly at: number
  readonly when: 'before' | 'after'
}

/** The parts of a controller that dies: from then on nothing is done for it any more, and nothing answers, as in a crash. */
export function mortal(parts: Parts, death: Death | null) {
  let count = 0
  let isDead = false
  let die: () => void = () => {}
  const died = new Promise<void>((resolve) => {
    die = () => {
      isDead = true
      resolve()
    }
  })
  const live = <Value>(act: () => PromiseLike<Value>): Promise<Value> =>
    new Promise((resolve, reject) => {
      if (isDead) return
      const isLast = count++ === death?.at
      if (isLast && death.when === 'before') {
        die()
        return
      }
      act().then(
        (value) => {
          if (isLast) die()
          if (!isDead) resolve(value)
        },
        (reason: unknown) => {
          if (isLast) die()
          if (!isDead) reject(reason)
        }
      )
    })
  const { read, compact, clock, driver, journal } = parts
  if (clock === undefined || compact === undefined) throw new Error('clock and compact are needed')
  const verbs = ['cordon', 'uncordon', 'provision', 'start', 'ready', 'shift', 'drain', 'stop', 'release'] as const
  const mortalDriver = Object.fromEntries(
    [...verbs, 'observe' as const].map((verb) => [
      verb,
      (...asked: Parameters<Driver['start']>) => live(() => (driver[verb] as Driver['start'])(...asked))
    ])
  ) as unknown as Driver
  return {
    died,
    /** How much it has awaited so far. */
    count: () => count,
    parts: {
      read: (signal: AbortSignal) => live(() => read(signal)),
      compact: (...asked: Parameters<typeof compact>) => live(() => compact(...asked)),
      clock: {
        now: () => clock.now(),
        sleep: (milliseconds: number, signal?: AbortSignal) => live(() => clock.sleep(milliseconds, signal))
      },
      driver: mortalDriver,
      ...(journal === undefined
        ? {}
        : {
            journal: {
              read: () => live(() => journal.read()),
              append: (entry: Parameters<Journal['append']>[0]) => live(() => journal.append(entry))
            }
          })
    }
  }
}
