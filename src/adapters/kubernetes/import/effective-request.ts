import type { Container, ContainerStatus, Pod, PodSpec, ResourceRequirements } from '../objects/pod.js'
import type { Place } from './faults.js'
import { addParts, type Parts, type QuantityReader, raiseParts } from './quantity-reader.js'

/** Where something was found: an object, and the path inside it. */
interface Spot {
  readonly place: Place
  readonly path: readonly PropertyKey[]
}

/**
 * What the scheduler reserves for a pod (PodRequests of k8s.io/component-helpers): the larger of what its containers hold together
 * with its sidecars, and what any init container holds together with the sidecars before it; what is stated for the pod as a whole
 * instead of that; and its overhead. A limit stands in for a request that is missing, as the API server fills it in.
 */
export function effectiveRequest(
  spec: PodSpec,
  status: Pod['status'],
  { place, path }: Spot,
  quantities: QuantityReader
): Map<string, number> {
  const read = (container: Container, statuses: readonly ContainerStatus[] | null | undefined, at: PropertyKey[]) => {
    const stated = readRequest(container.resources, { place, path: [...path, ...at, 'resources'] }, quantities)
    const current = statuses?.find(({ name }) => name === container.name)
    if (current !== undefined) raiseToCurrent(stated, current, place, quantities)
    return stated
  }
  const running = new Map<string, number>()
  for (const [index, container] of spec.containers.entries()) {
    addParts(running, read(container, status?.containerStatuses, ['containers', index]))
  }
  const sidecars = new Map<string, number>()
  const starting = new Map<string, number>()
  for (const [index, container] of (spec.initContainers ?? []).entries()) {
    const request = read(container, status?.initContainerStatuses, ['initContainers', index])
    // A sidecar goes on while those after it start, and while the pod runs.
    if (container.restartPolicy === 'Always') addParts(sidecars, request)
    else addParts(request, sidecars)
    raiseParts(starting, container.restartPolicy === 'Always' ? sidecars : request)
  }
  addParts(running, sidecars)
  const aggregate = new Map(running)
  raiseParts(aggregate, starting)
  const whole = readWhole(spec.resources, aggregate, { place, path: [...path, 'resources'] }, quantities)
  for (const [resource, amount] of whole) aggregate.set(resource, amount)
  addParts(aggregate, quantities.readAll(spec.overhead, place, [...path, 'overhead']))
  return aggregate
}

/** Requests, and limits where there is no request. */
function readRequest(
  resources: ResourceRequirements | null | undefined,
  { place, path }: Spot,
  quantities: QuantityReader
): Map<string, number> {
  const request = quantities.readAll(resources?.limits, place, [...path, 'limits'])
  for (const [resource, amount] of quantities.readAll(resources?.requests, place, [...path, 'requests'])) {
    request.set(resource, amount)
  }
  return request
}

/** What is stated for the pod as a whole; a limit of the pod counts only for what no container asks for. */
function readWhole(
  resources: ResourceRequirements | null | undefined,
  aggregate: Parts,
  { place, path }: Spot,
  quantities: QuantityReader
): Map<string, number> {
  const whole = quantities.readAll(resources?.requests, place, [...path, 'requests'])
  for (const [resource, amount] of quantities.readAll(resources?.limits, place, [...path, 'limits'])) {
    if (!whole.has(resource) && !aggregate.has(resource)) whole.set(resource, amount)
  }
  return whole
}

/** While a container is resized in place, the larger of what it should hold and what it holds counts. */
function raiseToCurrent(
  request: Map<string, number>,
  { allocatedResources, resources }: ContainerStatus,
  place: Place,
  quantities: QuantityReader
): void {
  raiseParts(request, quantities.readAll(allocatedResources, place, ['status', 'allocatedResources']))
  raiseParts(request, quantities.readAll(resources?.requests, place, ['status', 'resources', 'requests']))
}
