import type { ClusterNode } from '../../models/checker/cluster.js'
import type { Holdings } from './levels.js'

/** A copy as its story so far tells. */
export interface WatchedCopy {
  readonly replica: string
  readonly node: ClusterNode
  readonly deployment: string
  readonly holdings: Holdings
  /** The call that started it; empty for one that was there from the outset. */
  readonly by: string
  /** drained: also where the executor waits for that no longer. */
  state: 'starting' | 'failed' | 'ready' | 'draining' | 'drained'
  /** Whether requests have ever gone to it, as far as the executor can know. */
  hasServed: boolean
  /** Its start failed, or was waited for no longer: that it is ready all the same the executor cannot know. */
  isGivenUp: boolean
}

/** The copies that there are, and to which of them requests go. */
export class WatchedCopies {
  /** By replica, and then by node. */
  readonly #copies = new Map<string, Map<string, WatchedCopy>>()
  readonly #onNode = new Map<string, Set<WatchedCopy>>()
  /** The node to which the requests of a replica go. */
  readonly #serving = new Map<string, string>()

  find(replica: string, node: string): WatchedCopy | undefined {
    return this.#copies.get(replica)?.get(node)
  }

  of(replica: string): WatchedCopy[] {
    return [...(this.#copies.get(replica)?.values() ?? [])]
  }

  on(node: string): WatchedCopy[] {
    return [...(this.#onNode.get(node) ?? [])]
  }

  add(copy: WatchedCopy): void {
    const there = this.#onNode.get(copy.node.id) ?? new Set()
    this.#onNode.set(copy.node.id, there.add(copy))
    const copies = this.#copies.get(copy.replica) ?? new Map<string, WatchedCopy>()
    this.#copies.set(copy.replica, copies.set(copy.node.id, copy))
  }

  /** Without it, requests go to another copy that is ready, if there is one. */
  delete(copy: WatchedCopy): void {
    const { replica, node } = copy
    this.#onNode.get(node.id)?.delete(copy)
    this.#copies.get(replica)?.delete(node.id)
    if (!this.serves(copy)) return
    this.#serving.delete(replica)
    const heir = this.of(replica).find((other) => other.state === 'ready')
    if (heir !== undefined) this.serve(replica, heir.node.id)
  }

  serves({ replica, node }: WatchedCopy): boolean {
    return this.#serving.get(replica) === node.id
  }

  serve(replica: string, node: string): void {
    this.#serving.set(replica, node)
    const copy = this.find(replica, node)
    if (copy !== undefined) copy.hasServed = true
  }

  /** A copy is ready: where no other takes the requests of its replica, they go to it. */
  serveIfNone(copy: WatchedCopy): void {
    if (this.#serving.has(copy.replica)) return
    this.serve(copy.replica, copy.node.id)
    copy.hasServed = !copy.isGivenUp
  }

  giveUp(replica: string, node: string): void {
    const copy = this.find(replica, node)
    if (copy === undefined) return
    copy.isGivenUp = true
    copy.hasServed = false
  }
}
