import { groupBy } from '../../../../models/grouping.js'
import type { Faults } from './faults.js'
import { sharedDevicesOf } from './gpu-share.js'
import type { ImportedNode, NodeRoster } from './node-roster.js'
import type { FixedPod } from './pod-entries.js'
import type { QuantityReader } from './quantity-reader.js'
import { GPU, toProblemUnits } from './resource-units.js'

/** What pods that may be planned for can use of a node. */
export interface NodeRoom {
  /** By a Problem's resource names, in the units of a Problem; at least 0. */
  readonly amounts: Map<string, number>
  /** Pods that belong to the node hold more than there is of these. */
  readonly overdrawn: readonly string[]
  /** Memory of each GPU in bytes, where parts of it are asked for by memory; 0 where it is not known. */
  readonly deviceBytes: number
}

/** The room on every node: what is allocatable, less what pods hold that belong to it. */
export function measureRoom(
  roster: NodeRoster,
  fixed: readonly FixedPod[],
  quantities: QuantityReader,
  faults: Faults
): Map<ImportedNode, NodeRoom> {
  const fixedOn = groupBy(fixed, ({ node }) => node)
  return new Map(
    roster.nodes.map((node) => {
      const { object, place } = node
      const { allocatable, capacity } = object.status ?? {}
      const key = allocatable === null || allocatable === undefined ? 'capacity' : 'allocatable'
      const left = quantities.readAll(allocatable ?? capacity, place, ['status', key])
      for (const resource of ['cpu', 'memory']) {
        if (left.has(resource)) continue
        faults.report(
          place,
          ['status', key],
          `no ${resource}`,
          `the ${resource} of the node, as the API server prints it`
        )
      }
      const shared = sharedDevicesOf(object, place, quantities)
      if (shared !== null && (left.get(GPU) ?? 0) === 0) left.set(GPU, shared.devices)
      for (const pod of fixedOn.get(node) ?? []) takeOff(left, pod)
      const overdrawn = [...left].flatMap(([resource, parts]) => (parts < 0 ? [resource] : []))
      const amounts = [...left].map(
        ([resource, parts]) => [resource, toProblemUnits(resource, Math.max(0, parts))] as const
      )
      return [node, { amounts: new Map(amounts), overdrawn, deviceBytes: shared?.bytesEach ?? 0 }] as const
    })
  )
}

function takeOff(left: Map<string, number>, { request, share }: FixedPod): void {
  const take = (resource: string, parts: number) => {
    if (parts > 0) left.set(resource, (left.get(resource) ?? 0) - parts)
  }
  for (const [resource, parts] of request) take(resource, parts)
  if (share !== null && !request.has(GPU)) take(GPU, share.devices)
  if (left.has('pods')) take('pods', 1)
}
