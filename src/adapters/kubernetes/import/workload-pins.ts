import { labelOf } from '../../../../models/instance/selector.js'
import { findLedgerPins } from './ledgers.js'
import type { ImportChoices } from './options.js'
import type { Pin } from './pin.js'
import { findResizedPins } from './resized-pods.js'
import type { WorkloadGroup } from './workload-groups.js'

/** Reasons why all pods of a workload stay where they are: who made them, who places them, and what new ones would wait for. */
export function findWorkloadPins(group: WorkloadGroup, choices: ImportChoices): Pin[] {
  const { handover, spec } = group
  const pins: Pin[] = [
    ...findStartPins(group),
    ...findResizedPins(group),
    ...findDevicePins(group),
    ...findLedgerPins(group)
  ]
  if (handover.kind === 'none') pins.push(handover.pin)
  const scheduler = spec.schedulerName ?? 'default-scheduler'
  if (scheduler !== '' && !choices.schedulers.includes(scheduler)) {
    const reason = `it is placed by the scheduler ${scheduler}, whose rules are not known`
    pins.push({
      code: 'other-scheduler',
      reason,
      remedy: 'name the scheduler in the option schedulers (--scheduler)',
      blocksStarts: true
    })
  }
  return pins
}

/** Resources that are parts of single devices: that a node has enough of them in all does not say that one device has. */
const DEVICE_PARTS: ReadonlySet<string> = new Set([
  'aliyun.com/gpu-mem',
  'aliyun.com/gpu-core.percentage',
  'nvidia.com/gpumem',
  'nvidia.com/gpumem-percentage',
  'nvidia.com/gpucores',
  'tencent.com/vcuda-core',
  'tencent.com/vcuda-memory',
  'volcano.sh/gpu-memory',
  'volcano.sh/vgpu-memory',
  'volcano.sh/vgpu-cores'
])

function findDevicePins({ request }: WorkloadGroup): Pin[] {
  const parts = [...request].flatMap(([resource, amount]) =>
    amount > 0 && DEVICE_PARTS.has(resource) ? [resource] : []
  )
  if (parts.length === 0) return []
  const reason = `it asks for parts of devices (${parts.sort().join(', ')}), and what is left of each device is not known`
  return [{ code: 'device-parts', reason, blocksStarts: true }]
}

/** Queues of Kueue put a gate on every new pod, and take it off again when there is quota. */
const QUEUED = 'kueue.x-k8s.io/managed'

/** What a template says of pods that are yet to be made, and running ones do not show: that no scheduler chooses their node, or not yet. */
function findStartPins({ object, labels }: WorkloadGroup): Pin[] {
  const { nodeName, schedulingGates } = object?.spec.template.spec ?? {}
  const pins: Pin[] = []
  if (nodeName !== null && nodeName !== undefined && nodeName !== '') {
    const reason = `its template names the node ${nodeName}, where every new pod of it starts`
    pins.push({ code: 'named-node', reason, blocksStarts: true })
  }
  if ((schedulingGates ?? []).length > 0) {
    const reason = 'a new pod of it waits for its scheduling gates to open'
    pins.push({ code: 'scheduling-gated', reason, blocksStarts: true })
  }
  if (labelOf(labels, QUEUED) === 'true') {
    const reason = `a new pod of it waits for quota in a queue, as its label ${QUEUED} says`
    pins.push({ code: 'queued', reason, blocksStarts: true })
  }
  return pins
}
