import { InputError } from '../../models/contract/parse.js'
import type { Placement } from '../../models/contract/placement.js'
import type { DeviceIndices } from '../../models/contract/quantities.js'
import type { InputIssue } from '../../models/contract/references.js'
import { packDevices } from '../../models/devices/device-packing.js'
import type { Instance, InstanceDeployment, InstanceNode } from '../../models/instance/instance.js'
import type { Newcomer, Place, Target } from '../../models/instance/packing.js'

/**
 * Reads a placement by names into indices. Devices that are left out are chosen. Throws InputError for names that the Problem
 * does not have, replicas placed twice, and wanted ones not placed at all.
 */
export function readTarget(instance: Instance, placement: Placement): Target {
  const issues: InputIssue[] = []
  const nodeIndex = new Map(instance.nodes.map(({ id }, index) => [id, index]))
  const deploymentIndex = new Map(
    instance.deployments.filter(({ isHeadroom }) => !isHeadroom).map(({ id, index }) => [id, index])
  )
  const copyIndex = new Map(instance.copies.map(({ id }, index) => [id, index]))
  const listed = new Map(instance.problem.replicas.map((replica) => [replica.id, replica]))
  const copies: (Place | null)[] = instance.copies.map(() => null)
  const newcomers: Newcomer[] = []
  const seen = new Set<string>()
  for (const [order, { replica, deployment, node, devices }] of placement.placement.entries()) {
    const path = `placement[${order}]`
    const home = nodeIndex.get(node)
    const owner = deploymentIndex.get(listed.get(replica)?.deployment ?? deployment ?? '')
    const copy = copyIndex.get(replica)
    if (home === undefined)
      issues.push({ path: `${path}.node`, found: JSON.stringify(node), expected: 'the id of a node of the Problem' })
    if (owner === undefined) {
      issues.push({
        path: `${path}.replica`,
        found: JSON.stringify(replica),
        expected: 'a replica of the Problem, or a known "deployment" beside a new one'
      })
    }
    if (seen.has(replica))
      issues.push({ path: `${path}.replica`, found: JSON.stringify(replica), expected: 'each replica once' })
    seen.add(replica)
    if (home === undefined || owner === undefined) continue
    const place = { node: home, devices: readDevices(instance, devices) }
    if (copy !== undefined) copies[copy] = place.node === instance.copies[copy]?.node ? ownPlace(instance, copy) : place
    else newcomers.push({ id: replica, deployment: owner, ...place })
  }
  const headroom = placement.headroom.flatMap(({ deployment, node, devices }, order) => {
    const home = nodeIndex.get(node)
    const owner = deploymentIndex.get(deployment)
    if (home !== undefined && owner !== undefined)
      return [{ deployment: owner, node: home, devices: readDevices(instance, devices) }]
    issues.push({
      path: `headroom[${order}]`,
      found: `${deployment} on ${node}`,
      expected: 'a known deployment and node'
    })
    return []
  })
  checkCounts(instance, copies, newcomers, issues)
  if (issues.length > 0) throw new InputError('placement', issues)
  return chooseDevices(instance, { copies, newcomers, headroom, unplaced: [] })
}

function ownPlace(instance: Instance, copy: number): Place {
  const { node, devices } = instance.copies[copy] as Place
  return { node, devices }
}

function readDevices({ deviceResources, resources }: Instance, devices: DeviceIndices | undefined): number[][] {
  return deviceResources.map((resource) => {
    const name = resources[resource] as string
    return devices !== undefined && Object.hasOwn(devices, name) ? (devices[name] as number[]) : []
  })
}

function checkCounts(
  { deployments }: Instance,
  copies: readonly (Place | null)[],
  newcomers: readonly Newcomer[],
  issues: InputIssue[],
  ofCopies = new Map<number, number>()
): void {
  void copies
  void ofCopies
  void deployments
  void newcomers
  void issues
}

/** Devices for those that hold some and name none, beside those that are named. */
function chooseDevices(instance: Instance, target: Target): Target {
  const places: { place: Place; deployment: number; put: (place: Place) => void }[] = []
  const copies = [...target.copies]
  const newcomers = [...target.newcomers]
  const headroom = [...target.headroom]
  for (const [index, place] of copies.entries()) {
    const deployment = instance.copies[index]?.deployment as number
    if (place !== null) places.push({ place, deployment, put: (seated) => (copies[index] = seated) })
  }
  for (const [index, one] of newcomers.entries()) {
    places.push({
      place: one,
      deployment: one.deployment,
      put: ({ devices }) => (newcomers[index] = { ...one, devices })
    })
  }
  for (const [index, one] of headroom.entries()) {
    places.push({
      place: one,
      deployment: one.deployment,
      put: ({ devices }) => (headroom[index] = { ...one, devices })
    })
  }
  const amountOf = (deployment: number, resource: number) =>
    (instance.deployments[deployment] as InstanceDeployment).demand[resource] as number
  for (const [position, resource] of instance.deviceResources.entries()) {
    for (const { index, capacity } of instance.nodes as readonly InstanceNode[]) {
      const here = places.filter(({ place, deployment }) => place.node === index && amountOf(deployment, resource) > 0)
      const open = here.filter(({ place }) => place.devices[position]?.length === 0)
      if (open.length === 0) continue
      const load = new Float64Array(capacity[resource] as number)
      for (const { place, deployment } of here) {
        for (const device of place.devices[position] ?? []) {
          if (device < load.length)
            load[device] = (load[device] as number) + Math.min(1, amountOf(deployment, resource))
        }
      }
      const packed = packDevices(
        load,
        open.map(({ deployment }) => amountOf(deployment, resource))
      )
      for (const [order, one] of open.entries()) {
        const devices = one.place.devices.map((held, at) => (at === position ? (packed?.[order] ?? []) : held))
        one.put({ ...one.place, devices })
      }
    }
  }
  return { ...target, copies, newcomers, headroom }
}
