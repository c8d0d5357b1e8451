/** The resource that Kubernetes and its device plugin of NVIDIA call `nvidia.com/gpu`, as a Problem calls it. */
export const GPU = 'gpu'

const BYTES_PER_GIB = 2 ** 30

/** Parts of one in which amounts of a resource are summed, so that sums are exact: milli-cores, bytes, single devices. */
export function partsOf(resource: string): 1 | 1000 {
  return resource === 'cpu' ? 1000 : 1
}

/** An amount in the units of a Problem: cores, GiB, devices. */
export function toProblemUnits(resource: string, parts: number): number {
  if (resource === 'cpu') return parts / 1000
  return isMeasuredInBytes(resource) ? parts / BYTES_PER_GIB : parts
}

/** A resource's name in a Problem. Devices of other vendors keep their own, so that none is taken for one of another. */
export function problemResource(resource: string): string {
  return resource === 'nvidia.com/gpu' ? GPU : resource
}

function isMeasuredInBytes(resource: string): boolean {
  return resource === 'memory' || resource === 'ephemeral-storage' || resource.startsWith('hugepages-')
}
