import { describeValue } from '../../../../models/contract/describe-input.js'
import type { Node } from '../objects/node.js'
import { parseQuantity, QUANTITY_FORM } from '../objects/quantity.js'
import type { Faults, Place } from './faults.js'
import type { QuantityReader } from './quantity-reader.js'

const PREFIX = 'alibabacloud.com/gpu-'

/** The label of a node, and the annotation of a pod, that names models of GPUs. */
export const GPU_MODEL = `${PREFIX}card-model`

/**
 * Parts of GPUs that a pod's annotations ask for, as the GPU-share scheduler of open-simulator reads them: `gpu-milli` or `gpu-mem` of
 * each of `gpu-count` devices, on cards of one of the models in `gpu-card-model` (`V100M16|V100M32`).
 */
export interface GpuShare {
  readonly devices: number
  /** Thousandths of each device; null where memory is asked for. */
  readonly milli: number | null
  /** Bytes of each device's memory; null where thousandths are asked for. */
  readonly bytes: number | null
  /** Models of cards, any of which will do; empty where any model will. */
  readonly models: readonly string[]
}

type Annotations = Readonly<Record<string, string>> | null | undefined

/** What annotations ask for; null where they ask for no part of a GPU. Notes what is no amount. */
export function readGpuShare(annotations: Annotations, place: Place, faults: Faults): GpuShare | null {
  const read = (name: string): number | null => {
    const text = textOf(annotations, name)
    if (text === undefined) return null
    const amount = parseQuantity(text, 1)
    if (amount !== null && amount >= 0) return amount
    const path = ['metadata', 'annotations', `${PREFIX}${name}`]
    faults.report(place, path, describeValue(text), amount === null ? QUANTITY_FORM : 'an amount of at least 0')
    return null
  }
  const milli = read('milli')
  const bytes = milli === null ? read('mem') : null
  if ((milli ?? bytes ?? 0) === 0) return null
  const devices = read('count') ?? 1
  if (milli !== null && milli > 1000) {
    const path = ['metadata', 'annotations', `${PREFIX}milli`]
    faults.report(place, path, String(milli), 'at most 1000, one whole device', `${PREFIX}count says how many devices`)
  }
  if (devices === 0) return null
  const models = (textOf(annotations, 'card-model') ?? '').split('|').filter((model) => model !== '')
  return { devices, milli: milli === null ? null : Math.min(1000, milli), bytes, models }
}

/** The devices that a pod holds, as `gpu-index` says: `"0"`, `"2-3"`; null where it says nothing, or nothing of use. */
export function readGpuIndex(annotations: Annotations): readonly number[] | null {
  const text = textOf(annotations, 'index')
  if (text === undefined || !/^\d{1,5}(-\d{1,5})*$/.test(text)) return null
  return text.split('-').map(Number)
}

/** The devices of a node whose GPUs are shared by parts, and the memory of each; null where it has none. */
export function sharedDevicesOf(
  { status }: Node,
  place: Place,
  quantities: QuantityReader
): { readonly devices: number; readonly bytesEach: number } | null {
  const amounts = status?.allocatable ?? status?.capacity ?? {}
  const read = (name: string) => {
    const resource = `${PREFIX}${name}`
    const quantity = Object.hasOwn(amounts, resource) ? amounts[resource] : undefined
    return quantity === undefined ? 0 : quantities.read(resource, quantity, place, ['status', 'allocatable', resource])
  }
  const devices = read('count')
  return devices === 0 ? null : { devices, bytesEach: Math.floor(read('mem') / devices) }
}

function textOf(annotations: Annotations, name: string): string | undefined {
  const key = `${PREFIX}${name}`
  return annotations !== null && annotations !== undefined && Object.hasOwn(annotations, key)
    ? annotations[key]
    : undefined
}
