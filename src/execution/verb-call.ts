import { type Call, type Driver, StepError, type StepOf } from './driver.js'
import { findChange } from './observation.js'
import type { StepRecord } from './step-record.js'

/** Asks the driver for what is due in a step. */
export async function callDriver(
  driver: Driver,
  { step: planned, verb }: StepRecord,
  call: Call,
  lostNodes: ReadonlySet<string>
): Promise<void> {
  // A driver may do with it what it likes.
  const step = structuredClone(planned)
  if (verb === 'undo') return takeBack(driver, step, call)
  switch (step.action) {
    case 'start':
      if (verb === 'observe') return compare(driver, step, call, lostNodes)
      if (verb === 'drain') return driver.drain({ ...leaving(step), action: 'drain' }, call)
      return verb === 'ready' ? driver.ready(step, call) : driver.start(step, call)
    case 'shift':
      return driver.shift(step, call)
    case 'drain':
      return driver.drain(step, call)
    case 'stop':
      return driver.stop(step, call)
    case 'cordon':
      return driver.cordon(step, call)
    case 'uncordon':
      return driver.uncordon(step, call)
    case 'provision':
      return driver.provision(step, call)
    case 'release':
      return driver.release(step, call)
  }
}

async function compare(driver: Driver, step: StepOf<'start'>, call: Call, lostNodes: ReadonlySet<string>) {
  const seen = await driver.observe?.(step, call)
  const change = seen === undefined || seen === null ? null : findChange(step, seen, lostNodes)
  if (change !== null) throw new StepError('changed', change)
}

/** The opposite of a step, in terms of the driver. */
function takeBack(driver: Driver, step: StepRecord['step'], call: Call): Promise<void> {
  const { id, after, startSeconds, endSeconds } = step
  const timing = { id, after, startSeconds, endSeconds }
  switch (step.action) {
    case 'start':
      return driver.stop({ ...leaving(step), action: 'stop' }, call)
    case 'shift':
      return driver.shift({ ...step, from: step.to, to: step.from }, call)
    case 'cordon':
      return driver.uncordon({ ...timing, action: 'uncordon', node: step.node }, call)
    case 'provision':
      return driver.release({ ...timing, action: 'release', node: step.node }, call)
    default:
      return Promise.reject(new StepError('refused', `a ${step.action} cannot be taken back`))
  }
}

/** A copy that a step has started, as the subject of one that removes it. */
function leaving({ id, after, startSeconds, endSeconds, replica, deployment, node }: StepOf<'start'>) {
  const named = deployment === undefined ? {} : { deployment }
  return { id, after, startSeconds, endSeconds, replica, node, ...named }
}
