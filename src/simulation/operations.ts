import type { Step } from '../../models/contract/plan.js'
import { type Call, type Driver, StepError } from '../execution/driver.js'
import type { Happening } from './cluster-event.js'

type Verb = Exclude<keyof Driver, 'observe'>

interface Operation {
  readonly outcome: Promise<void>
  /** Whether it is known that it failed. */
  isTold: boolean
}

/**
 * What a cluster was asked for. It is done once under an id, whoever asks and however often, and goes on when the caller waits no
 * longer; the next one who asks is told how it ended.
 */
export class Operations {
  /** By verb and id of the call. */
  readonly #begun = new Map<string, Operation>()

  constructor(private readonly tell: (happening: Happening) => void) {}

  once(verb: Verb, step: Step, call: Call, operate: () => Promise<void>): Promise<void> {
    const node = step.action === 'shift' ? step.to : step.node
    const subject = { ...('replica' in step ? { replica: step.replica } : {}), node }
    const key = `${verb} ${call.id}`
    const operation = this.#begun.get(key) ?? { outcome: operate(), isTold: false }
    this.#begun.set(key, operation)
    return new Promise((resolve, reject) => {
      const give = () => {
        this.tell({ kind: 'call-abandoned', verb, ...subject, by: call.id })
        reject(call.signal.reason)
      }
      const fail = (error: unknown) => {
        reject(error)
        if (call.signal.aborted || operation.isTold) return
        operation.isTold = true
        const fault = error instanceof StepError ? error.fault : 'failed'
        const message = error instanceof Error ? error.message : String(error)
        this.tell({ kind: 'call-failed', verb, ...subject, fault, message, by: call.id })
      }
      if (call.signal.aborted) give()
      else call.signal.addEventListener('abort', give, { once: true })
      operation.outcome.then(resolve, fail).finally(() => call.signal.removeEventListener('abort', give))
    })
  }
}
