import { describeFault } from '../execution/listener.js'
import type { FailedPart } from './events.js'

/** Something failed, and in which part of a round. */
export class PartError extends Error {
  override readonly name = 'PartError'

  constructor(
    readonly part: FailedPart,
    fault: unknown
  ) {
    super(describeFault(fault), { cause: fault })
  }
}

/** Does a part of a round: what goes wrong there says so. */
export async function inPart<Output>(part: FailedPart, act: () => Promise<Output>): Promise<Output> {
  try {
    return await act()
  } catch (fault) {
    throw fault instanceof PartError ? fault : new PartError(part, fault)
  }
}
