import type { Call, Observation, StepOf } from '../../../../execution/driver.js'
import { isFault } from '../api/api-fault.js'
import type { DriverContext } from '../context.js'
import { hostsOf } from '../state/copies.js'
import { viewWorkload } from '../state/workload-view.js'
import { locate } from './locate.js'

/** Where a replica runs, and whether its node takes newcomers. */
export async function observe(context: DriverContext, step: StepOf<'start'>, call: Call): Promise<Observation> {
  const { api, nodes } = context
  const { signal } = call
  const copy = await locate(context, step, step.node, call)
  const view = await viewWorkload(api, copy.workload, signal)
  const hosts = hostsOf(view, copy.key.plan, copy.key.replica, copy.ownName).map((host) => nodes.planned(host))
  const node = await api.node(copy.node, signal).catch((error: unknown) => {
    if (isFault(error, 404)) return null
    throw error
  })
  const isOpen = node !== null && node.spec?.unschedulable !== true
  // What stopped first has its successor already, by its controller; where that is, the start finds out.
  const isAwaited = step.expects?.host === null
  return { ...(isAwaited ? {} : { hosts }), isOpen }
}
