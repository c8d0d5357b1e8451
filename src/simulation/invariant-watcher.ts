import { type Cluster, indexCluster, initialCopies } from '../../models/checker/cluster.js'
import type { MigrationLimits } from '../../models/contract/migration-options.js'
import type { AssumedDevices, NewNode } from '../../models/contract/placement.js'
import type { Problem } from '../../models/contract/problem.js'
import type { Violation } from '../../models/contract/result.js'
import { Availability } from './availability.js'
import type { ClusterEvent } from './cluster-event.js'
import { checkLeaving, checkNewcomer, checkRemoval } from './copy-rules.js'
import { Flights } from './flights.js'
import { giveBack, Levels, type ReportExcess, settle, take } from './levels.js'
import { WatchedCopies, type WatchedCopy } from './watched-copies.js'

/** Something that must hold at every moment and did not, through an action of the executor. */
export interface SimulatedViolation extends Violation {
  readonly atSeconds: number
  /** Id of the call that did it. */
  readonly by: string
}

/** A copy to which nothing has happened yet. */
const UNUSED = { hasServed: false, isGivenUp: false }

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

  readonly #handlers: { readonly [Kind in ClusterEvent['kind']]?: (event: EventOf<Kind>) => void } = {
    'copy-started': (event) => this.#started(event),
    'copy-ready': (event) => this.#ready(event),
    'copy-failed': (event) => this.#failed(event),
    'traffic-shifted': (event) => this.#shifted(event),
    'drain-began': (event) => this.#drained(event),
    'drain-ended': ({ replica, node }) => this.#endDrain(replica, node),
    'copy-removed': (event) => this.#removed(event),
    'node-cordoned': ({ node, by }) => by !== undefined && this.#cordoned.add(node),
    'node-uncordoned': (event) => this.#uncordoned(event),
    'node-provisioned': ({ node }) => this.#provisioned.add(node),
    'node-released': (event) => this.#released(event),
    'node-died': (event) => this.#died(event),
    'death-noted': ({ node }) => this.#availability.noted(node),
    'call-failed': (event) => this.#callFailed(event),
    'call-abandoned': (event) => this.#givenUp(event)
  }

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
      const copy: WatchedCopy = { replica, node, deployment: deployment.id, holdings, by: '', state, ...UNUSED }
      this.#copies.add(copy)
      if (state === 'ready') this.#copies.serveIfNone(copy)
    }
    this.#availability = new Availability(this.#cluster, (id) => this.#copies.of(id))
  }

  watch(event: ClusterEvent): void {
    // The kind of the event picks the handler of that kind, which the compiler cannot follow.
    const handle = this.#handlers[event.kind] as ((event: ClusterEvent) => void) | undefined
    handle?.(event)
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
      report('order', replica, `there is a copy of ${replica} on ${node.id} already`, 1)
      this.#take(before)
    }
    const holdings = this.#levels.of(deployment, node, event.devices)
    take(holdings, true, report)
    const isFlight = this.#copies.of(replica).length > 0
    this.#copies.add({ replica, node, deployment: deployment.id, holdings, by, state: 'starting', ...UNUSED })
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
      this.#reporter(event)('availability', replica, `requests of ${replica} go to ${to}, where no copy is ready`, 1)
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
    if (node?.releasable === false) this.#reporter(event)('release', node.id, `${node.id} is not to be given back`, 1)
    for (const copy of this.#copies.on(event.node)) {
      const message = `${event.node} is given back while it hosts ${copy.replica}`
      this.#reporter(event)('release', event.node, message, 1)
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

  #uncordoned(event: EventOf<'node-uncordoned'>): void {
    const { node } = event
    if (!this.#cordoned.delete(node)) this.#reporter(event)('cordon', node, `${node} is not cordoned by the plan`, 1)
  }

  #callFailed(event: EventOf<'call-failed'>): void {
    this.#givenUp(event)
    const node = this.#cluster.nodes.get(event.node)
    const isEarly = node?.boughtAs !== undefined && !this.#provisioned.has(node.id) && event.fault === 'refused'
    if (event.verb !== 'start' || !isEarly) return
    const message = `${event.replica} is started on ${node.id}, which is not there yet`
    this.#reporter(event)('provision', node.id, message, 1)
  }

  #givenUp({ verb, replica = '', node }: EventOf<'call-failed' | 'call-abandoned'>): void {
    this.#flights.giveUp(replica, node)
    if (verb === 'drain') this.#endDrain(replica, node)
    if (verb === 'start' || verb === 'ready') this.#copies.giveUp(replica, node)
  }

  /** Takes a copy off every account but that of availability. */
  #take(copy: WatchedCopy): void {
    const { replica, node, holdings, state } = copy
    this.#copies.delete(copy)
    giveBack(holdings, state === 'starting' || state === 'failed')
    this.#flights.endStart(replica, node.id)
    if (this.#copies.of(replica).length < 2) this.#flights.land(replica)
  }

  #reporter({ atSeconds, by }: { readonly atSeconds: number; readonly by: string }): ReportExcess {
    return (code, where, message, amount) => {
      this.violations.push({ code, where, amount, message, atSeconds, by })
    }
  }
}
