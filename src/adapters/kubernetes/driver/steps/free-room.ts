import { effectiveRequest } from '../../import/effective-request.js'
import { Faults } from '../../import/faults.js'
import { readGpuShare, sharedDevicesOf } from '../../import/gpu-share.js'
import { QuantityReader } from '../../import/quantity-reader.js'
import { GPU, toProblemUnits } from '../../import/resource-units.js'
import { hasEnded } from '../../objects/pod.js'
import type { SeenNode, SeenPod } from '../api/seen-objects.js'

/**
 * What is free on a node, in the units of a Problem: allocatable less what all its pods request, those of DaemonSets and ending ones
 * included. GPUs are left out where pods share them: which parts are free only their scheduler knows.
 */
export function measureFree(node: SeenNode, pods: readonly SeenPod[]): Record<string, number> {
  // What cannot be read counts as nothing here; whoever imported the cluster was told.
  const faults = new Faults()
  const quantities = new QuantityReader(faults)
  const place = { document: 'cluster', path: '' }
  const free = quantities.readAll(node.status?.allocatable, place, [])
  let isShared = sharedDevicesOf(node, place, quantities) !== null
  const take = (resource: string, parts: number) => {
    const left = free.get(resource)
    if (left !== undefined) free.set(resource, left - parts)
  }
  for (const pod of pods.filter((each) => !hasEnded(each))) {
    isShared ||= readGpuShare(pod.metadata.annotations, place, faults) !== null
    for (const [resource, parts] of effectiveRequest(pod.spec, pod.status, { place, path: [] }, quantities)) {
      take(resource, parts)
    }
    take('pods', 1)
  }
  if (isShared) free.delete(GPU)
  return Object.fromEntries([...free].map(([resource, parts]) => [resource, toProblemUnits(resource, parts)]))
}
