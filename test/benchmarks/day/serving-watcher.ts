import type { Copy, ServingEvent } from '../../../benchmarks/day/serving-parts.mjs'

const ROUNDING = 1e-9

/**
 * Follows a serving cluster by what happens in it, with books of its own, and says what must not be: a node with more on it than it has,
 * a GPU with more than one device's worth, a deployment crowding a node, a node given back with something on it; and of moves, a copy that
 * takes no more requests while its replica has no other that does, or one that goes with requests in service.
 */
export class ServingWatcher {
  readonly faults: string[] = []
  events = 0
  readonly #copies = new Map<string, Set<Copy>>()
  readonly #open = new Set<Copy>()

  watch(event: ServingEvent): void {
    this.events++
    if (event.kind === 'started') this.#start(event.copy)
    else if (event.kind === 'opened') this.#openUp(event.copy)
    else if (event.kind === 'closed') this.#close(event.copy, event.cause === 'move')
    else if (event.kind === 'removed') this.#remove(event.copy, event.cause === 'move')
    else if (event.kind === 'released' && this.#on(event.node.id).size > 0) {
      this.faults.push(`${event.node.id} is given back with something on it`)
    }
  }

  #on(node: string): Set<Copy> {
    const copies = this.#copies.get(node) ?? new Set()
    this.#copies.set(node, copies)
    return copies
  }

  #start(copy: Copy): void {
    const { node, replica } = copy
    const copies = this.#on(node.id).add(copy)
    if (node.state !== 'there') this.faults.push(`${replica.id} starts on ${node.id}, which is ${node.state}`)
    if (replica.service.gpu !== node.machine.labels.gpu) this.faults.push(`${replica.id} starts on a GPU it cannot use`)
    for (const resource of ['gpu', 'cpu', 'memory'] as const) {
      let held = 0
      for (const other of copies) held += other.replica.service.demand[resource]
      const capacity = node.machine.capacity[resource] ?? 0
      if (held > capacity + ROUNDING) this.faults.push(`${held} ${resource} on ${node.id}, which has ${capacity}`)
    }
    for (const device of copy.devices) {
      let load = 0
      for (const other of copies)
        if (other.devices.includes(device)) load += Math.min(1, other.replica.service.demand.gpu)
      if (load > 1 + ROUNDING) this.faults.push(`device ${device} of ${node.id} holds ${load}`)
    }
    const { id, maxReplicasPerNode = Number.POSITIVE_INFINITY } = replica.service
    const alike = [...copies].filter((other) => other.replica.service.id === id).length
    if (alike > maxReplicasPerNode) this.faults.push(`${alike} of ${id} on ${node.id}`)
  }

  #openUp(copy: Copy): void {
    if (copy.state !== 'ready') this.faults.push(`${copy.replica.id} takes requests and is ${copy.state}`)
    this.#open.add(copy)
  }

  #close(copy: Copy, isMove: boolean): void {
    this.#open.delete(copy)
    if (!isMove || copy.replica.isRetired) return
    const isServed = [...copy.replica.copies].some((other) => this.#open.has(other))
    if (!isServed) this.faults.push(`${copy.replica.id} takes no requests any more, by a move`)
  }

  #remove(copy: Copy, isMove: boolean): void {
    if (!this.#on(copy.node.id).delete(copy)) this.faults.push(`${copy.replica.id} was not on ${copy.node.id}`)
    const lost = copy.replica.deployment.desk.tally.lostThroughMoves
    if (isMove && this.#open.delete(copy)) this.faults.push(`${copy.replica.id} goes while requests come`)
    if (isMove && lost > 0) this.faults.push(`${lost} requests of ${copy.replica.service.id} are lost through moves`)
  }
}
