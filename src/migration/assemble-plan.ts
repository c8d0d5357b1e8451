import type { Expectation, LimitFunding, Plan, Step } from '../../models/contract/plan.js'
import type { DeviceIndices } from '../../models/contract/quantities.js'
import type { Instance, InstanceDeployment } from '../../models/instance/instance.js'
import type { Devices } from './agenda.js'
import { nameLimit } from './limit-names.js'
import type { Limits } from './limits.js'
import type { Schedule } from './schedule.js'
import type { StepGraph, StepNode } from './step-graph.js'

/** How long a plan may wait to be begun where the Problem says nothing, in seconds. */
const VALID_SECONDS = 300

/** Writes a scheduled graph as the plan of a Result: names instead of indices, steps by time. */
export function assemblePlan(
  instance: Instance,
  limits: Limits,
  graph: StepGraph,
  times: Schedule,
  status: Plan['status']
): Plan {
  const ids = nameSteps(instance, graph)
  const steps = times.order.map((index): Step => {
    const step = graph.steps[index] as StepNode
    const timing = {
      id: ids[index] as string,
      after: [...step.after].sort((left, right) => left - right).map((before) => ids[before] as string),
      startSeconds: times.start[index] as number,
      endSeconds: times.end[index] as number
    }
    const node = nodeName(instance, step.node)
    const copy = {
      replica: step.replica,
      ...(step.isListed ? {} : { deployment: instance.deployments[step.deployment]?.id ?? '' })
    }
    if (step.action === 'shift') {
      return { ...timing, action: 'shift', ...copy, from: nodeName(instance, step.from), to: node }
    }
    if (step.action === 'start') {
      const devices = nameDevices(instance, step.devices)
      const expects = expectationOf(instance, step)
      return {
        ...timing,
        action: 'start',
        ...copy,
        node,
        ...(devices === undefined ? {} : { devices }),
        expects
      }
    }
    if (step.action === 'drain' || step.action === 'stop') return { ...timing, action: step.action, ...copy, node }
    if (step.action !== 'provision') return { ...timing, action: step.action, node }
    const { purchase = -1 } = instance.nodes[step.node] ?? {}
    return { ...timing, action: 'provision', node, type: instance.problem.nodeTypes[purchase]?.type ?? '' }
  })
  const { limits: runTime, validSeconds = VALID_SECONDS } = instance.problem.migration
  const funding = describeFunding(instance, limits, graph, ids)
  return { status, steps, makespanSeconds: times.makespan, limits: runTime, validSeconds, funding }
}

/** Who pays for whom, limit by limit. */
function describeFunding(
  instance: Instance,
  limits: Limits,
  { payments, steps }: StepGraph,
  ids: readonly string[]
): LimitFunding[] {
  // Of draining copies a Result does not say on which devices they are assumed: a checker cannot count what they give back there.
  const unstated = new Set(
    instance.copies.flatMap(({ id, state, devicesAssumed }) => (state === 'draining' && devicesAssumed ? [id] : []))
  )
  const byLimit = new Map<number, LimitFunding | undefined>()
  for (const { limit, from, to, amount } of payments) {
    if (limits.isDevice(limit) && unstated.has(steps[from]?.replica ?? '')) continue
    if (!byLimit.has(limit)) {
      const name = nameLimit(instance, limits.locate(limit))
      byLimit.set(limit, name && { ...name, payments: [] })
    }
    byLimit.get(limit)?.payments.push({ from: ids[from] as string, to: ids[to] as string, amount })
  }
  return [...byLimit.values()].filter((funded) => funded !== undefined)
}

/** Where the replica is until a start, and what must be free for it: what it demands, or more until it is ready. */
function expectationOf(instance: Instance, { deployment, from, node, isWait }: StepNode): Expectation {
  const { id, demand, startupDemand } = instance.deployments[deployment] as InstanceDeployment
  if (isWait) return { deployment: id, host: nodeName(instance, node), room: {} }
  const room = instance.resources.flatMap((resource, index): [string, number][] => {
    const amount = Math.max(demand[index] as number, startupDemand[index] as number)
    return amount > 0 ? [[resource, amount]] : []
  })
  return { deployment: id, host: from < 0 ? null : nodeName(instance, from), room: Object.fromEntries(room) }
}

/** Devices by resource name; undefined when there are none. */
export function nameDevices(instance: Instance, devices: Devices): DeviceIndices | undefined {
  const named = devices.flatMap((held, position): [string, number[]][] =>
    held.length === 0 ? [] : [[instance.resources[instance.deviceResources[position] as number] as string, [...held]]]
  )
  return named.length === 0 ? undefined : Object.fromEntries(named)
}

function nodeName(instance: Instance, node: number): string {
  return instance.nodes[node]?.id ?? ''
}

/** Readable ids that say what a step does to whom; a number is appended where two would be the same. */
function nameSteps(instance: Instance, { steps }: StepGraph): string[] {
  const taken = new Set<string>()
  return steps.map(({ action, replica, node, from }) => {
    const place = nodeName(instance, node)
    const subject =
      action === 'shift'
        ? `${replica}@${nodeName(instance, from)}->${place}`
        : replica === ''
          ? place
          : `${replica}@${place}`
    let id = `${action}:${subject}`
    for (let number = 2; taken.has(id); number++) id = `${action}:${subject}#${number}`
    taken.add(id)
    return id
  })
}
