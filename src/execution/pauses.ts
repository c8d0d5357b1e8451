import type { Clock } from './clock.js'
import type { StepRecord } from './step-record.js'

/** Waits before further attempts, which end early when the attempt will not be made. */
export class Pauses {
  private readonly open = new Map<StepRecord, { readonly due: string; readonly end: AbortController }>()

  constructor(private readonly clock: Clock) {}

  /** Waits until the next call of a step is due. Resolves to whether it is the same still. */
  async wait(record: StepRecord): Promise<boolean> {
    // A journal may come from a machine whose clock was ahead.
    const left = Math.min(record.backoffMs, record.notBefore - this.clock.now())
    const due = dueOf(record)
    const end = new AbortController()
    this.open.set(record, { due, end })
    await this.clock.sleep(left, end.signal).catch(() => {})
    this.open.delete(record)
    return dueOf(record) === due
  }

  /** Ends those whose attempt will not be made. */
  endNeedless(): void {
    for (const [record, { due, end }] of this.open) if (dueOf(record) !== due) end.abort()
  }

  endAll(): void {
    for (const { end } of this.open.values()) end.abort()
  }
}

/** What is next in a step. */
function dueOf({ state, verb, attempt, isOpen }: StepRecord): string {
  return `${state} ${verb} ${attempt} ${isOpen}`
}
