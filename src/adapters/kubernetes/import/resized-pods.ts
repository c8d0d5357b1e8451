import type { Amounts, Pod, PodSpec } from '../objects/pod.js'
import { parseQuantity } from '../objects/quantity.js'
import type { Pin } from './pin.js'
import { partsOf } from './resource-units.js'
import type { WorkloadGroup } from './workload-groups.js'

/**
 * Pods whose requests were made smaller where they run: a new one asks for what the template says. The API server counts the changes of
 * a pod's specification from 1, so that pods which were smaller when they were made, as an autoscaler of requests makes them, are others.
 */
export function findResizedPins({ live, object }: WorkloadGroup): Pin[] {
  const template = object?.spec.template.spec
  if (template === undefined || !live.some(({ pod }) => isChanged(pod) && asksForLess(pod.spec, template))) return []
  const reason = 'a new pod of it asks for more than those that run, which were resized in place'
  return [{ code: 'resized', reason, remedy: 'a template that asks for as much', blocksStarts: true }]
}

function isChanged({ metadata }: Pod): boolean {
  return (metadata.generation ?? 1) > 1
}

function asksForLess(spec: PodSpec, template: PodSpec): boolean {
  const isLess = (stated: Amounts | null | undefined, wanted: Amounts | null | undefined) => {
    const amounts = new Map(Object.entries(stated ?? {}))
    return Object.entries(wanted ?? {}).some(([resource, quantity]) => {
      const parts = partsOf(resource)
      return (parseQuantity(amounts.get(resource) ?? 0, parts) ?? 0) < (parseQuantity(quantity, parts) ?? 0)
    })
  }
  const running = new Map(spec.containers.map((container) => [container.name, container.resources?.requests]))
  return (
    isLess(spec.resources?.requests, template.resources?.requests) ||
    template.containers.some(({ name, resources }) => isLess(running.get(name), resources?.requests))
  )
}
