import type { Call, Observation, StepOf } from '../../../../execution/driver.js'
import { isFault } from '../api/api-fault.js'
import type { DriverContext } from '../context.js'
import { hostsOf } from '../state/copies.js'
import { viewWorkload } from '../state/workload-view.js'
import { measureFree } from './free-room.js'
import { locate } from './locate.js'

/** Where a replica runs, what is free on its new node, and whether that takes newcomers. */
export async function observe(context: DriverContext, step: StepOf<'start'>, call: Call): Promise<Observation> {
  const { api, nodes } = context
  const { signal } = call
  const copy = await locate(context, step, step.node, call)
  const view = await viewWorkload(api, copy.workload, signal)
  const hosts = hostsOf(view, copy.key.plan, copy.key.replica, copy.ownName).map((host) => nodes.planned(host))
  // What stopped first has its successor already, by its controller: where that is, and what it takes, the start finds out.
  const isAwaited = step.expects?.host === null
  const seen = isAwaited ? {} : { hosts }
  const node = await api.node(copy.node, signal).catch((error: unknown) => {
    if (isFault(error, 404)) return null
    throw error
  })
  if (node === null) return { ...seen, isOpen: false }
  const isOpen = node.spec?.unschedulable !== true
  if (isAwaited) return { isOpen }
  return { ...seen, isOpen, free: measureFree(node, await api.podsOnNode(copy.node, signal)) }
}
