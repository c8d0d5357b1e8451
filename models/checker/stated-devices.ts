import type { AssumedDevices } from '../contract/placement.js'
import { type Cluster, type Copy, devicesHeld, devicesOf, initialCopies } from './cluster.js'
import { continuousExcess } from './continuous-rules.js'
import type { PlacedReplica } from './placed-copies.js'
import type { Report } from './violations.js'

/** Whether a copy states, for every device resource it demands, so many different devices that its node has. */
export function checkDevices(copy: Copy, subject: string, report: Report): void {
  const { deployment, node, devices } = copy
  for (const resource of deployment.deviceResources) {
    const demand = deployment.demand.get(resource) ?? 0
    const count = node.capacity.get(resource) ?? 0
    const held = devicesOf(devices, resource)
    if (held === undefined) report('devices', subject, `${subject}: no devices of ${resource} given`)
    else if (
      held.length !== devicesHeld(demand) ||
      new Set(held).size !== held.length ||
      held.some((device) => device >= count)
    ) {
      const message = `${subject}: devices ${shown(held)} of ${resource} do not suit a demand of ${demand} on ${node.id}`
      report('devices', subject, message)
    }
  }
  for (const resource of Object.keys(devices ?? {})) {
    if (deployment.deviceResources.includes(resource) || devicesOf(devices, resource)?.length === 0) continue
    report('devices', subject, `${subject}: holds devices of ${resource}, of which it demands none`)
  }
}

function shown(devices: readonly number[]): string {
  return devices.length <= 16 ? `[${devices}]` : `[${devices.slice(0, 16)},…]`
}

/** Whether two statements of devices name the same ones. */
export function sameDevices(left: Copy['devices'], right: Copy['devices']): boolean {
  const resources = new Set([...Object.keys(left ?? {}), ...Object.keys(right ?? {})])
  return [...resources].every((resource) => {
    const [one, other] = [devicesOf(left, resource) ?? [], new Set(devicesOf(right, resource) ?? [])]
    return new Set(one).size === other.size && one.every((device) => other.has(device))
  })
}

/** The devices assumed for running copies: for all that need them, for no others, and such that all fit. */
export function checkAssumedDevices(cluster: Cluster, assumed: readonly AssumedDevices[], report: Report): void {
  const named = new Set<string>()
  for (const { replica } of assumed) {
    const listed = cluster.replicas.get(replica)
    if (named.has(replica)) report('reference', replica, `assumedDevices: ${replica} stands there twice`)
    else if (listed === undefined || listed.node === null) {
      report('reference', replica, `assumedDevices: ${replica} is no running replica`)
    } else if (listed.devices !== undefined) {
      report('devices', replica, `assumedDevices: the Problem states the devices of ${replica}`)
    }
    named.add(replica)
  }
  for (const copy of initialCopies(cluster, assumed)) {
    const listed = cluster.replicas.get(copy.replica)
    if (listed === undefined || listed.devices !== undefined) continue
    // A draining copy is on its way out: nobody has to say which devices it still holds.
    if (listed.state === 'draining' && !named.has(listed.id)) continue
    checkDevices(copy, listed.id, report)
  }
  const possible = continuousExcess(cluster, initialCopies(cluster))
  for (const [key, excess] of continuousExcess(cluster, initialCopies(cluster, assumed))) {
    if (excess.code !== 'devices' || possible.has(key)) continue
    report('devices', excess.where, `assumedDevices do not fit at the start: ${excess.message}`, excess.amount)
  }
}

/** Every placed replica states its devices, and a copy that runs on keeps them. */
export function checkPlacedDevices(
  cluster: Cluster,
  placed: Iterable<PlacedReplica>,
  assumed: readonly AssumedDevices[],
  startedAgain: (copy: PlacedReplica) => boolean,
  report: Report
): void {
  const initial = new Map(initialCopies(cluster, assumed).map((copy) => [copy.replica, copy]))
  for (const copy of placed) {
    checkDevices(copy, copy.replica, report)
    const before = initial.get(copy.replica)
    if (before?.node !== copy.node || before.devices === undefined || startedAgain(copy)) continue
    if (!sameDevices(before.devices, copy.devices)) {
      report('devices', copy.replica, `${copy.replica} runs on ${copy.node.id} and cannot change its devices`)
    }
  }
}
