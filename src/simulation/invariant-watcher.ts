import { type Cluster, indexCluster, initialCopies } from '../../models/checker/cluster.js'
import type { ViolationCode } from '../../models/checker/violations.js'
import type { MigrationLimits } from '../../models/contract/migration-options.js'
import type { AssumedDevices, NewNode } from '../../models/contract/placement.js'
import type { Problem } from '../../models/contract/problem.js'
import type { Violation } from '../../models/contract/result.js'
import { Availability } from './availability.js'
import type { ClusterEvent } from './cluster-event.js'
import { checkLeaving, checkNewcomer, checkRemoval } from './copy-rules.js'
import { Flights } from './flights.js'
import { giveBack, Levels, settle, take } from './levels.js'
import { WatchedCopies, type WatchedCopy } from './watched-copies.js'

/** Something that must hold at every moment and did not, through an action of the executor. */
export interface SimulatedViolation extends Violation {
  readonly atSeconds: number
  /** Id of the call that did it. */
  readonly by: string
}

type EventOf<Kind extends ClusterEvent['kind']> = Extract<ClusterEvent, { readonly kind: Kind }>

/**
 * Follows a cluster by what happens in it and says what an executor does that it must not do. Knows the Problem and the checker's
 * reading of it, and nothing of plans, sequencers or executors. What nodes that die and others take away is accounted for: it is no
 * violation, and none later. The work for one event depends on the copies concerned alone.
 */
export class InvariantWatcher {
  readonly violations: SimulatedViolation[] = []
  readonly #cluster: Cluster
  readonly #levels: Levels
  readonly #availability: Availability
  readonly #flights: Flights
  readonly #copies = new WatchedCopies()
  readonly #cordoned = new Set<string>()
  readonly #provisioned = new Set<string>()

  constructor(
    problem: Problem,
    newNodes: readonly NewNode[],
    assumed: readonly AssumedDevices[],
    limits: MigrationLimits
  ) {
    this.#cluster = indexCluster(problem, newNodes, () => {})
    this.#levels = new Levels(this.#cluster)
    this.#flights = new Flights(limits)
    for (const { replica, deployment, node, devices } of initialCopies(this.#cluster, assumed)) {
      const listed = this.#cluster.replicas.get(replica)?.state
      const state = listed === 'starting' || listed === 'draining' ? listed : 'ready'
      const holdings = this.#levels.of(deployment, node, devices)
      take(holdings, state === 'starting')
      const copy: WatchedCopy = { replica, node, deployment: deployment.id, holdings, by: '', state, hasServed: false }
      this.#copies.add(copy)
      if (state === 'ready') this.#copies.serveIfNone(copy)
    }
    this.#availability = new Availability(this.#cluster, (id) => this.#copies.of(id))
  }

  watch(event: ClusterEvent): void {
    switch (event.kind) {
      case 'copy-started':
        this.#started(event)
        break
      case 'copy-ready':
        this.#ready(event)
        break
      case 'copy-failed':
        this.#failed(event)
        break
      case 'traffic-shifted':
        this.#shifted(event)
        break
      case 'drain-began':
        this.#drained(event)
        break
      case 'drain-ended':
        this.#endDrain(event.replica, event.node)
        break
      case 'copy-removed':
        this.#removed(event)
        break
      case 'node-cordoned':
        if (event.by !== undefined) this.#cordoned.add(event.node)
        break
      case 'node-uncordoned':
        if (!this.#cordoned.delete(event.node))
          this.#report(event, 'cordon', event.node, `${event.node} is not cordoned by the plan`)
        break
      case 'node-provisioned':
        this.#provisioned.add(event.node)
        break
      case 'node-released':
        this.#released(event)
        break
      case 'node-died':
        this.#died(event)
        break
      case 'death-noted':
        this.#availability.noted(event.node)
        break
      case 'call-failed':
        this.#flights.giveUp(event.replica ?? '', event.node)
        if (event.verb === 'start') this.#startedTooEarly(event)
        if (event.verb === 'drain') this.#endDrain(event.replica ?? '', event.node)
        break
      case 'call-abandoned':
        if (event.verb === 'drain') this.#endDrain(event.replica ?? '', event.node)
        this.#flights.giveUp(event.replica ?? '', event.node)
        break
      default:
        break
    }
  }

  #started(event: EventOf<'copy-started'>): void {
    const { replica, by } = event
    const node = this.#cluster.nodes.get(event.node)
    const deployment = this.#cluster.deployments.get(event.deployment)
    if (node === undefined || deployment === undefined) return
    const report = this.#reporter(event)
    checkNewcomer(this.#cluster, { replica, deployment, node }, this.#cordoned.has(node.id), report)
    const before = this.#copies.find(replica, node.id)
    if (before !== undefined) {
      report('order', replica, `there is a copy of ${replica} on ${node.id} already`)
      this.#take(before)
    }
    const holdings = this.#levels.of(deployment, node, event.devices)
    take(holdings, true, report)
    const isFlight = this.#copies.of(replica).length > 0
    this.#copies.add({ replica, node, deployment: deployment.id, holdings, by, state: 'starting', hasServed: false })
    this.#flights.begin(replica, deployment.id, node.id, isFlight, report)
  }

  #ready(event: EventOf<'copy-ready'>): void {
    const copy = this.#copies.find(event.replica, event.node)
    if (copy?.state !== 'starting' && copy?.state !== 'failed') return
    copy.state = 'ready'
    settle(copy.holdings, this.#reporter({ ...event, by: copy.by }))
    this.#availability.gained(copy)
    this.#flights.endStart(copy.replica, copy.node.id)
    this.#copies.serveIfNone(copy)
  }

  #failed(event: EventOf<'copy-failed'>): void {
    const copy = this.#copies.find(event.replica, event.node)
    if (copy?.state !== 'starting') return
    copy.state = 'failed'
    this.#flights.giveUp(event.replica, event.node)
  }

  #shifted(event: EventOf<'traffic-shifted'>): void {
    const { replica, to } = event
    if (this.#copies.find(replica, to)?.state !== 'ready') {
      this.#report(event, 'availability', replica, `requests of ${replica} go to ${to}, where no copy is ready`)
    }
    this.#copies.serve(replica, to)
  }

  #drained(event: EventOf<'drain-began'>): void {
    const copy = this.#copies.find(event.replica, event.node)
    if (copy === undefined) return
    checkLeaving(this.#cluster, this.#copies, copy, this.#reporter(event))
    const wasReady = copy.state === 'ready'
    copy.state = 'draining'
    if (wasReady) this.#availability.givenUp(copy, this.#reporter(event))
  }

  #endDrain(replica: string, node: string): void {
    const copy = this.#copies.find(replica, node)
    if (copy?.state === 'draining') copy.state = 'drained'
  }

  #removed(event: EventOf<'copy-removed'>): void {
    const copy = this.#copies.find(event.replica, event.node)
    if (copy === undefined) return
    const wasReady = copy.state === 'ready'
    checkRemoval(this.#cluster, this.#copies, copy, this.#reporter(event))
    this.#take(copy)
    if (wasReady) this.#availability.givenUp(copy, this.#reporter(event))
  }

  #released(event: EventOf<'node-released'>): void {
    const node = this.#cluster.nodes.get(event.node)
    if (node?.releasable === false) this.#report(event, 'release', node.id, `${node.id} is not to be given back`)
    for (const copy of this.#copies.on(event.node)) {
      const message = `${event.node} is given back while it hosts ${copy.replica}`
      this.#report(event, 'release', event.node, message)
      this.#take(copy)
      if (copy.state === 'ready') this.#availability.givenUp(copy, this.#reporter(event))
    }
  }

  #died({ node }: EventOf<'node-died'>): void {
    for (const copy of this.#copies.on(node)) {
      this.#take(copy)
      this.#availability.lost(copy)
    }
  }

  #startedTooEarly(event: EventOf<'call-failed'>): void {
    const node = this.#cluster.nodes.get(event.node)
    if (node?.boughtAs === undefined || this.#provisioned.has(node.id) || event.fault !== 'refused') return
    this.#report(event, 'provision', node.id, `${event.replica} is started on ${node.id}, which is not there yet`)
  }

  /** Takes a copy off every account but that of availability. */
  #take(copy: WatchedCopy): void {
    const { replica, node, holdings, state } = copy
    this.#copies.delete(copy)
    giveBack(holdings, state === 'starting' || state === 'failed')
    this.#flights.endStart(replica, node.id)
    if (this.#copies.of(replica).length < 2) this.#flights.land(replica)
  }

  #reporter(event: ClusterEvent & { readonly by: string }) {
    return (code: ViolationCode, where: string, message: string, amount = 1) =>
      this.#report(event, code, where, message, amount)
  }

  #report(
    { atSeconds, by }: { atSeconds: number; by: string },
    code: ViolationCode,
    where: string,
    message: string,
    amount = 1
  ): void {
    this.violations.push({ code, where, amount, message, atSeconds, by })
  }
}
