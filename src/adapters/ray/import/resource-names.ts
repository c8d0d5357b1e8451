import { formatPath } from '../../../../models/contract/describe-input.js'
import type { InputIssue } from '../../../../models/contract/input-issues.js'
import type { ResourceAmounts } from '../../../../models/contract/quantities.js'

/** Resources that Ray hands out device by device, a fraction on one of them: its predefined one, and the custom ones. */
const DEVICE_RESOURCES: ReadonlySet<string> = new Set(['GPU', 'TPU', 'neuron_cores', 'NPU', 'HPU', 'RBLN'])

export const ACCELERATOR_PREFIX = 'accelerator_type:'
const OBJECT_STORE = 'object_store_memory'
const BYTES_PER_GIB = 2 ** 30
/** Ray counts resources in ten-thousandths. */
const PRECISION = 10_000

/** What Ray's own resources are called in a Problem. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ['CPU', 'cpu'],
  ['GPU', 'gpu'],
  ['memory', 'memory']
])
/** Custom resources that would be taken for Ray's own. */
const TAKEN: ReadonlySet<string> = new Set(['cpu', 'gpu'])

export function isDeviceResource(resource: string): boolean {
  return DEVICE_RESOURCES.has(resource)
}

/** A resource of Ray as the Problem calls it. */
export function problemName(resource: string): string {
  return NAMES.get(resource) ?? (TAKEN.has(resource) ? `custom:${resource}` : resource)
}

/** Amounts in names and units of Ray as a Problem has them: memory in GiB. What is 0 is left out. */
export function toProblemAmounts(amounts: Iterable<readonly [string, number]>): ResourceAmounts {
  return Object.fromEntries(
    [...amounts].flatMap(([resource, amount]) =>
      amount === 0 ? [] : [[problemName(resource), inUnits(resource, amount)]]
    )
  )
}

function inUnits(resource: string, amount: number): number {
  return resource === 'memory' || resource === OBJECT_STORE ? amount / BYTES_PER_GIB : amount
}

/** Sums by resource, in the precision of Ray: 0.1 and 0.2 are 0.3. */
export function addAmounts(amounts: Iterable<readonly [string, number]>): Map<string, number> {
  const sums = new Map<string, number>()
  for (const [resource, amount] of amounts) {
    sums.set(resource, Math.round(((sums.get(resource) ?? 0) + amount) * PRECISION) / PRECISION)
  }
  return sums
}

/** What of a node's resources a Problem is told: marks of Ray's own only where some replica asks for them. */
export function isCapacity(resource: string, isDemanded: (resource: string) => boolean): boolean {
  const isMark = resource.startsWith('node:') || resource.startsWith(ACCELERATOR_PREFIX) || resource === OBJECT_STORE
  return !isMark || isDemanded(resource)
}

/** Reports devices that are asked for in a way in which Ray hands out none: more than one, and not whole. */
export function checkDevices(
  amounts: Readonly<Record<string, number>>,
  path: readonly PropertyKey[],
  document: string,
  issues: InputIssue[]
): void {
  for (const [resource, amount] of Object.entries(amounts)) {
    if (!isDeviceResource(resource) || amount <= 1 || Number.isInteger(amount)) continue
    const expected = 'a share of one device (at most 1) or a whole number of them'
    issues.push({ path: `${document} ${formatPath([...path, resource])}`, found: String(amount), expected })
  }
}
