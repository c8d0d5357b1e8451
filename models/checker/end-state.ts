import type { PlacedReplica } from './placed-copies.js'
import type { PlannedCopy } from './planned-copies.js'
import { sameDevices } from './stated-devices.js'
import type { Report } from './violations.js'

/** The plan ends in the placement, by replica, node and devices. */
export function checkEndState(
  copies: readonly PlannedCopy[],
  placed: ReadonlyMap<string, PlacedReplica>,
  report: Report
): void {
  const reached = new Set<string>()
  for (const { replica, node, devices, stop, start } of copies) {
    if (stop !== undefined) continue
    const end = placed.get(replica)
    if (end?.node !== node) {
      report('end-state', replica, `the plan leaves ${replica} on ${node.id}, the placement does not`)
      continue
    }
    reached.add(replica)
    if (devices === undefined || sameDevices(devices, end.devices)) continue
    const verb = start === undefined ? 'runs' : 'is started'
    report('end-state', replica, `${replica} ${verb} on ${node.id} on other devices than the placement says`)
  }
  for (const { replica, node } of placed.values()) {
    if (reached.has(replica)) continue
    report('end-state', replica, `the plan does not bring ${replica} to ${node.id}, where it is placed`)
  }
}
