import { type Cluster, type ClusterNode, indexCluster, initialCopies } from '../../models/checker/cluster.js'
import type { AssumedDevices, NewNode } from '../../models/contract/placement.js'
import type { Problem } from '../../models/contract/problem.js'
import { StepError } from '../execution/driver.js'
import type { Happening } from './cluster-event.js'
import { defer } from './deferred.js'
import { admit, type NewCopy, type SimulatedCopy, type SimulatedNode } from './simulated-node.js'

/**
 * The state of a cluster and what changes it, without time and without chance. It does what it is told, also what a plan must not ask
 * for; it refuses only what others have made impossible.
 */
export class SimulatedCluster {
  readonly nodes = new Map<string, SimulatedNode>()
  readonly index: Cluster

  constructor(
    problem: Problem,
    newNodes: readonly NewNode[],
    assumed: readonly AssumedDevices[],
    private readonly tell: (happening: Happening) => void
  ) {
    this.index = indexCluster(problem, newNodes, () => {})
    for (const listed of this.index.nodes.values()) this.addNode(listed)
    for (const { replica, deployment, node, devices } of initialCopies(this.index, assumed)) {
      const listed = this.index.replicas.get(replica)
      const state = listed?.state === 'running' || listed === undefined ? 'ready' : listed.state
      this.node(node.id).copies.add({
        replica,
        deployment,
        node: this.node(node.id),
        devices,
        step: '',
        state,
        readiness: defer()
      })
    }
  }

  /** A node that is there, or one that may be got. */
  addNode(listed: ClusterNode): void {
    this.nodes.set(listed.id, {
      listed,
      state: listed.boughtAs === undefined ? 'there' : 'absent',
      isClosed: !listed.acceptsReplicas,
      isCordoned: false,
      copies: new Set(),
      foreign: new Set(),
      death: defer()
    })
  }

  node(id: string): SimulatedNode {
    const node = this.nodes.get(id)
    if (node === undefined) throw new StepError('refused', `there is no node ${id}`)
    if (node.state === 'dead') throw new StepError('node-lost', `${id} is dead`, id)
    return node
  }

  /** The node, if things can be done there now. */
  nodeThere(id: string): SimulatedNode {
    const node = this.node(id)
    if (node.state !== 'there') throw new StepError('refused', `${id} is ${node.state}`)
    return node
  }

  copy(replica: string, node: SimulatedNode): SimulatedCopy | undefined {
    for (const copy of node.copies) if (copy.replica === replica) return copy
    for (const copy of node.copies) if (copy.formerly === replica) return copy
    return undefined
  }

  hostsOf(replica: string): string[] {
    return [...this.nodes.values()].flatMap((node) =>
      [...node.copies].some((copy) => copy.replica === replica) ? [node.listed.id] : []
    )
  }

  addCopy(copy: NewCopy, by: string): SimulatedCopy {
    const { replica, deployment, node, devices } = copy
    admit(copy)
    const before = this.copy(replica, node)
    if (before !== undefined) node.copies.delete(before)
    const added: SimulatedCopy = { ...copy, state: 'starting', readiness: defer() }
    node.copies.add(added)
    const held = devices === undefined ? {} : { devices }
    this.tell({ kind: 'copy-started', replica, deployment: deployment.id, node: node.listed.id, ...held, by })
    return added
  }

  /** A copy that starts becomes ready, or crashes: as long as it is still there and not ready. */
  endStart(copy: SimulatedCopy, isReady: boolean): void {
    const { replica, node } = copy
    if (!node.copies.has(copy) || (copy.state !== 'starting' && copy.state !== 'failed')) return
    copy.state = isReady ? 'ready' : 'failed'
    this.tell({ kind: isReady ? 'copy-ready' : 'copy-failed', replica, node: node.listed.id })
    if (isReady) copy.readiness.resolve()
    else {
      copy.readiness.reject(new StepError('failed', `${replica} crashed on ${node.listed.id} before it was ready`))
      copy.readiness = defer()
    }
  }

  removeCopy(copy: SimulatedCopy, by: string): void {
    const { replica, node } = copy
    if (!node.copies.delete(copy)) return
    this.tell({ kind: 'copy-removed', replica, node: node.listed.id, by })
    copy.readiness.reject(new StepError('failed', `${replica} was removed from ${node.listed.id}`))
  }

  release(node: SimulatedNode, by: string): void {
    if (node.foreign.size > 0) throw new StepError('changed', `${node.listed.id} hosts what others run`)
    this.tell({ kind: 'node-released', node: node.listed.id, by })
    node.state = 'released'
    this.#empty(node, new StepError('failed', `${node.listed.id} was released`))
  }

  kill(node: SimulatedNode): void {
    this.tell({ kind: 'node-died', node: node.listed.id, replicas: [...node.copies].map(({ replica }) => replica) })
    node.state = 'dead'
    const loss = new StepError('node-lost', `${node.listed.id} died`, node.listed.id)
    this.#empty(node, loss)
    node.death.reject(loss)
  }

  #empty(node: SimulatedNode, reason: StepError): void {
    for (const copy of node.copies) copy.readiness.reject(reason)
    node.copies.clear()
    node.foreign.clear()
  }
}
