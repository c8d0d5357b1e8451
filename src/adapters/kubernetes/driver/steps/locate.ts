import type { Call } from '../../../../execution/driver.js'
import { type DriverContext, planOf } from '../context.js'
import type { Place } from '../state/copies.js'
import type { WorkloadName } from '../state/fleet.js'

/** A copy, and whose pod it is. */
export interface LocatedCopy extends Place {
  readonly workload: WorkloadName
}

/** Finds out what a step is about in the cluster. */
export async function locate(
  { fleet, nodes }: DriverContext,
  step: { readonly id: string; readonly replica: string; readonly deployment?: string | undefined },
  node: string,
  call: Call
): Promise<LocatedCopy> {
  const { replica, deployment } = step
  return {
    key: { plan: planOf(step, call), replica, node },
    node: await nodes.real(node, call.signal),
    ownName: fleet.podNameOf(replica),
    workload: fleet.workloadOf(replica, deployment)
  }
}
