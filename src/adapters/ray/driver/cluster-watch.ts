import { type Call, StepError } from '../../../execution/driver.js'
import type { ClusterView } from './cluster-view.js'
import type { Dashboard } from './dashboard.js'
import type { ResolvedDriverOptions } from './options.js'

/** Looks at the dashboard until something is so. */
export class ClusterWatch {
  constructor(
    private readonly dashboard: Dashboard,
    private readonly options: Pick<ResolvedDriverOptions, 'pollMs' | 'mostFailedReads' | 'clock'>
  ) {}

  /** Milliseconds of the clock. */
  now(): number {
    return this.options.clock.now()
  }

  /** The cluster now. Rejects where the dashboard fails again and again, and when the call is given up. */
  async look(call: Call): Promise<ClusterView> {
    const { clock, pollMs, mostFailedReads } = this.options
    for (let failures = 0; ; failures++) {
      throwIfAborted(call)
      try {
        const view = await this.dashboard.read()
        throwIfAborted(call)
        return view
      } catch (error) {
        throwIfAborted(call)
        const message = error instanceof Error ? error.message : String(error)
        if (failures >= mostFailedReads) throw new StepError('failed', `the dashboard cannot be read: ${message}`)
        await clock.sleep(pollMs, call.signal)
      }
    }
  }

  /** Looks until `judge` says true; what it throws ends the wait. */
  async until(call: Call, judge: (view: ClusterView) => boolean | Promise<boolean>): Promise<void> {
    for (;;) {
      if (await judge(await this.look(call))) return
      await this.options.clock.sleep(this.options.pollMs, call.signal)
    }
  }
}

function throwIfAborted({ signal }: Call): void {
  if (signal.aborted) throw signal.reason instanceof Error ? signal.reason : new StepError('failed', 'given up')
}
