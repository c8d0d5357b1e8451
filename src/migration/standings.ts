import type { Instance, InstanceCopy } from '../../models/instance/instance.js'
import type { Place } from '../../models/instance/packing.js'
import type { Mover } from './agenda.js'
import { Ledger } from './ledger.js'
import type { Leg } from './legs.js'
import type { Holding, Limits } from './limits.js'
import type { UndoLog } from './undo-log.js'

/** Who stands where, what that takes of every limit, and the legs that have led there. */
export class Standings {
  readonly legs: Leg[] = []
  readonly ledger: Ledger
  readonly #places: (Place | undefined)[]
  readonly #holdings: (Holding | undefined)[]

  constructor(
    private readonly instance: Instance,
    private readonly limits: Limits,
    private readonly movers: readonly Mover[],
    private readonly log: UndoLog
  ) {
    this.ledger = new Ledger(instance, limits)
    this.#places = movers.map(({ copy }) => {
      const here = instance.copies[copy]
      return here === undefined ? undefined : { node: here.node, devices: here.devices }
    })
    this.#holdings = movers.map(({ deployment }, index) => {
      const here = this.#places[index]
      return here === undefined ? undefined : limits.holding(deployment, here.node, here.devices)
    })
  }

  /** undefined: it runs nowhere, not yet or for the moment. */
  placeOf(mover: number): Place | undefined {
    return this.#places[mover]
  }

  holdingOf(mover: number): Holding | undefined {
    return this.#holdings[mover]
  }

  /** Whether a copy that is starting may become ready: it may need more then than it holds now. */
  mayWait(copy: number): boolean {
    const { deployment, node } = this.instance.copies[copy] as InstanceCopy
    return this.limits.growing(deployment, node).every((counter) => !this.ledger.isBroken(counter))
  }

  wait(copy: number): void {
    const { deployment, node, devices } = this.instance.copies[copy] as InstanceCopy
    this.ledger.settle(this.limits.holding(deployment, node, devices), -1)
    this.#changeReady(deployment, 1)
    this.legs.push({ kind: 'wait', copy })
  }

  /** Whether the copy may go without too few being left that are ready. */
  mayStop(copy: number): boolean {
    const { state, deployment } = this.instance.copies[copy] as InstanceCopy
    return state !== 'running' || this.mayLose(deployment)
  }

  /** Stops a copy. Returns what it gives back. */
  stop(copy: number): Holding {
    const { deployment, node, devices, state } = this.instance.copies[copy] as InstanceCopy
    const holding = this.limits.holding(deployment, node, devices)
    this.ledger.hold(holding, -1)
    if (state === 'running') this.#changeReady(deployment, -1)
    this.legs.push({ kind: 'stop', copy })
    this.log.push(() => {
      this.legs.pop()
      if (state === 'running') this.#changeReady(deployment, 1)
      this.ledger.hold(holding, 1)
    })
    return holding
  }

  /** A mover starts at a place, and leaves where it was. */
  move(mover: number, to: Place, holding: Holding): void {
    const who = this.movers[mover] as Mover
    const from = this.#places[mover]
    const left = this.#holdings[mover]
    // A copy that was not ready is replaced by one that is; a newcomer adds one.
    const wasReady = this.isReady(mover)
    this.ledger.hold(holding, 1)
    if (left !== undefined) this.ledger.hold(left, -1)
    if (!wasReady) this.#changeReady(who.deployment, 1)
    this.#stand(mover, to, holding)
    this.legs.push({ kind: 'move', mover: who, from, to })
    this.log.push(() => {
      this.legs.pop()
      this.#stand(mover, from, left)
      if (!wasReady) this.#changeReady(who.deployment, -1)
      if (left !== undefined) this.ledger.hold(left, 1)
      this.ledger.hold(holding, -1)
    })
  }

  /** A mover that stands somewhere goes, and stands nowhere. */
  leave(mover: number): void {
    const who = this.movers[mover] as Mover
    const from = this.#places[mover] as Place
    const left = this.#holdings[mover] as Holding
    this.ledger.hold(left, -1)
    this.#changeReady(who.deployment, -1)
    this.#stand(mover, undefined, undefined)
    this.legs.push({ kind: 'leave', mover: who, from })
    this.log.push(() => {
      this.legs.pop()
      this.#stand(mover, from, left)
      this.#changeReady(who.deployment, 1)
      this.ledger.hold(left, 1)
    })
  }

  /** Whether a mover's copy is ready where it stands: it was at the outset, or it was started on the way. */
  isReady(mover: number): boolean {
    const place = this.#places[mover]
    if (place === undefined) return false
    const { from, copy } = this.movers[mover] as Mover
    return place.node !== from || this.instance.copies[copy]?.state === 'running'
  }

  /** Whether enough copies of a deployment are ready for one to go. */
  mayLose(deployment: number): boolean {
    const ready = this.limits.ready(deployment)
    return (this.ledger.level[ready] as number) + 1 <= (this.limits.limit[ready] as number)
  }

  #stand(mover: number, place: Place | undefined, holding: Holding | undefined): void {
    this.#places[mover] = place
    this.#holdings[mover] = holding
  }

  #changeReady(deployment: number, copies: number): void {
    const ready = this.limits.ready(deployment)
    this.ledger.level[ready] = (this.ledger.level[ready] as number) - copies
  }
}
