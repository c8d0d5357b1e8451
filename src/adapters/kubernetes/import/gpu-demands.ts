import type { NodeRoom } from './capacities.js'
import type { ImportedNode } from './node-roster.js'
import { GPU } from './resource-units.js'
import { adaptGroup, type Scene } from './scene.js'
import type { WorkloadGroup } from './workload-groups.js'

type Rooms = ReadonlyMap<ImportedNode, NodeRoom>

/** The label for the memory of each GPU of a node, for pods that ask for a part of it. */
const MEMORY_LABEL = 'gpu:memory-per-device'

/**
 * The GPUs that a pod of each workload holds, by what its annotations say: a part of one device, or whole devices. A part of the
 * memory is a part of the device; it is taken of the smallest device on which the workload may be, so that it is never too small.
 */
export function measureGpuShares(scene: Scene, rooms: Rooms): Map<WorkloadGroup, number> {
  const sharing = scene.groups.filter(({ share }) => share !== null)
  const byMemory = sharing.filter(({ share }) => share?.bytes !== null)
  if (byMemory.length > 0) {
    for (const node of scene.roster.nodes) {
      const bytes = rooms.get(node)?.deviceBytes ?? 0
      if (bytes > 0) node.marks.set(MEMORY_LABEL, String(bytes))
    }
  }
  const smallest = new Map(byMemory.map((group) => [group, smallestDevice(scene, rooms, group)]))
  const demands = new Map(sharing.map((group) => [group, demandOf(group, smallest.get(group) ?? 0)]))
  // On larger devices, shares of smaller ones may add up to more than there is: then those count that pods hold now.
  for (const group of overfull(sharing, demands, rooms)) {
    const held = Math.min(...placesOf(group).map((node) => rooms.get(node)?.deviceBytes ?? 0))
    if (!smallest.has(group) || !Number.isFinite(held) || held === 0) continue
    smallest.set(group, held)
    demands.set(group, demandOf(group, held))
  }
  for (const [group, bytes] of smallest) requireDevices(scene, rooms, group, bytes)
  for (const group of sharing) sayRounding(scene, group, demands.get(group) ?? 0, smallest.get(group) ?? 0)
  return demands
}

/** A share of one device as it is; of several devices whole ones, as the contract has no other. */
function demandOf({ share }: WorkloadGroup, deviceBytes: number): number {
  if (share === null) return 0
  const part = partOf(share.milli, share.bytes, deviceBytes)
  return share.devices === 1 && part < 1 ? part : share.devices
}

function partOf(milli: number | null, bytes: number | null, deviceBytes: number): number {
  return milli === null ? (bytes ?? 0) / Math.max(1, deviceBytes, bytes ?? 0) : milli / 1000
}

function placesOf({ live, draining }: WorkloadGroup): ImportedNode[] {
  return [...live, ...draining].flatMap(({ node }) => (node === null ? [] : [node]))
}

/** The memory of the smallest device that is large enough, of nodes where the workload is or may start; 0 where there is none. */
function smallestDevice({ roster }: Scene, rooms: Rooms, group: WorkloadGroup): number {
  const needed = group.share?.bytes ?? 0
  const predicate = group.conditions.toPredicate()
  const candidates = roster.nodes.filter((node) => roster.admits(node, predicate))
  const sizes = [...placesOf(group), ...candidates].flatMap((node) => rooms.get(node)?.deviceBytes ?? [])
  const smallest = sizes.reduce((least, size) => (size >= needed && size > 0 ? Math.min(least, size) : least), Infinity)
  return Number.isFinite(smallest) ? smallest : 0
}

/** Workloads with pods on nodes where all shares together are more than the devices. */
function overfull(
  groups: readonly WorkloadGroup[],
  demands: ReadonlyMap<WorkloadGroup, number>,
  rooms: Rooms
): Set<WorkloadGroup> {
  const sums = new Map<ImportedNode, { sum: number; readonly groups: Set<WorkloadGroup> }>()
  for (const group of groups) {
    for (const node of placesOf(group)) {
      const known = sums.get(node) ?? { sum: 0, groups: new Set() }
      known.sum += demands.get(group) ?? 0
      known.groups.add(group)
      sums.set(node, known)
    }
  }
  const tight = [...sums].filter(([node, { sum }]) => sum > (rooms.get(node)?.amounts.get(GPU) ?? 0) + 1e-6)
  return new Set(tight.flatMap(([, { groups: here }]) => [...here]))
}

/** Only devices of at least that memory will do. */
function requireDevices({ roster }: Scene, rooms: Rooms, { conditions }: WorkloadGroup, bytes: number): void {
  const sizes = new Set(roster.nodes.map((node) => rooms.get(node)?.deviceBytes ?? 0))
  const enough = [...sizes].filter((size) => bytes > 0 && size >= bytes)
  conditions.requireValue(MEMORY_LABEL, enough.sort((left, right) => left - right).map(String))
}

function sayRounding(scene: Scene, group: WorkloadGroup, demand: number, deviceBytes: number): void {
  const { share } = group
  if (share === null) return
  const part = partOf(share.milli, share.bytes, deviceBytes)
  if (share.devices > 1 && part < 1) {
    const reason = `a pod of it holds parts of ${share.devices} GPUs, which count as ${share.devices} whole ones`
    adaptGroup(scene, group, 'gpu-parts-rounded', reason)
  } else if (share.bytes !== null && demand < 1) {
    const reason = `the GPU memory that a pod of it asks for counts as ${Number(demand.toPrecision(3))} of a device, as on the smallest that it may be on`
    adaptGroup(scene, group, 'gpu-memory-part', reason)
  }
}
