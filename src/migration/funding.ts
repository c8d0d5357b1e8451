import type { Instance, InstanceCopy, InstanceDeployment } from '../../models/instance/instance.js'
import type { Place } from '../../models/instance/packing.js'
import type { Devices } from './agenda.js'
import { Ledger } from './ledger.js'
import type { Holding, Limits } from './limits.js'
import type { Leg } from './progress.js'
import { StepGraph } from './step-graph.js'

type Gift = { readonly step: number; left: number }
/** The free tokens of one limit; below 0: how far it is broken. */
type Purse = { free: number; readonly gifts: Gift[]; next: number; readonly repairs: number[] }

/** Amounts below this are rounding. */
const NOTHING = 1e-9

/**
 * Turns a safe total order into steps that are safe in every order that respects `after`.
 *
 * Every limit has its free amount as tokens. A start is paid from free tokens first, then from tokens that particular earlier
 * steps gave back, and waits for those; tokens are never paid twice. What a limit broken at the start gets back repairs it
 * first, and whoever takes of it later waits for all of that. A start in conflict with peers waits until they are gone.
 */
export function fund(instance: Instance, limits: Limits, legs: readonly Leg[]): StepGraph {
  const graph = new StepGraph()
  const { level } = new Ledger(instance, limits)
  const listed = new Set(instance.problem.replicas.map(({ id }) => id))
  const purses = new Map<number, Purse>()
  const giftsOf = new Map<number, Map<number, Gift>>()
  const departed = new Map<number, number[]>()
  const lastStep = new Map<string, { readonly start: number; readonly stop: number }>()
  const waitOf = new Map<string, number>()

  const purseOf = (counter: number): Purse => {
    const known = purses.get(counter)
    if (known !== undefined) return known
    const purse = { free: (limits.limit[counter] as number) - (level[counter] as number), gifts: [], next: 0, repairs: [] }
    purses.set(counter, purse)
    return purse
  }
  const give = (step: number, counter: number, amount: number) => {
    if (amount <= 0) return
    const purse = purseOf(counter)
    if (purse.free === Infinity) return
    let left = amount
    if (purse.free < 0) {
      const repaid = Math.min(left, -purse.free)
      purse.free = -purse.free - repaid <= NOTHING ? 0 : purse.free + repaid
      left -= repaid
      purse.repairs.push(step)
    }
    if (left <= NOTHING) return
    const gift = { step, left }
    purse.gifts.push(gift)
    const own = giftsOf.get(step)
    if (own === undefined) giftsOf.set(step, new Map([[counter, gift]]))
    else own.set(counter, gift)
  }
  const take = (step: number, counter: number, amount: number) => {
    if (amount <= 0) return
    const purse = purseOf(counter)
    for (const repair of purse.repairs) graph.wait(step, repair)
    const paid = Math.min(amount, Math.max(0, purse.free))
    purse.free -= paid
    let due = amount - paid
    const accept = (gift: Gift) => {
      const part = Math.min(due, gift.left)
      if (part <= 0) return
      gift.left -= part
      due -= part
      graph.wait(step, gift.step)
    }
    // Whom it waits for already pays first: no new dependency.
    for (const before of graph.steps[step]?.after ?? []) {
      const gift = due > NOTHING ? giftsOf.get(before)?.get(counter) : undefined
      if (gift !== undefined) accept(gift)
    }
    while (due > NOTHING && purse.next < purse.gifts.length) {
      const gift = purse.gifts[purse.next] as Gift
      accept(gift)
      if (gift.left <= NOTHING) purse.next++
    }
  }
  const takeHolding = (step: number, holding: Holding) => {
    for (const peer of holding.opposed) for (const gone of departed.get(peer) ?? []) graph.wait(step, gone)
    for (const [position, counter] of holding.counters.entries()) take(step, counter, holding.starting[position] as number)
  }
  const giveSurplus = (step: number, { counters, starting, steady }: Holding) => {
    for (const [position, counter] of counters.entries()) {
      give(step, counter, (starting[position] as number) - (steady[position] as number))
    }
  }
  const giveHolding = (step: number, { counters, steady }: Holding) => {
    for (const [position, counter] of counters.entries()) {
      give(step, counter, steady[position] as number)
      if (!limits.isConflict(counter)) continue
      const others = departed.get(counter)
      if (others === undefined) departed.set(counter, [step])
      else others.push(step)
    }
  }
  const holdingAt = (deployment: number, place: Place) => limits.holding(deployment, place.node, place.devices)

  const waitFor = (copy: InstanceCopy) => {
    const step = graph.add({ action: 'start', ...describe(copy), node: copy.node, devices: copy.devices })
    giveSurplus(step, holdingAt(copy.deployment, copy))
    give(step, limits.ready(copy.deployment), 1)
    waitOf.set(copy.id, step)
  }
  const remove = (copy: InstanceCopy) => {
    const who = describe(copy)
    const ready = limits.ready(copy.deployment)
    const { drainSeconds } = instance.deployments[copy.deployment] as InstanceDeployment
    const drain = copy.state === 'running' ? graph.add({ action: 'drain', ...who, node: copy.node, seconds: drainSeconds }) : -1
    const stop = graph.add({ action: 'stop', ...who, node: copy.node })
    if (drain >= 0) {
      take(drain, ready, 1)
      graph.wait(stop, drain)
    }
    giveHolding(stop, holdingAt(copy.deployment, copy))
    return drain >= 0 ? drain : stop
  }
  const move = (leg: Extract<Leg, { readonly kind: 'move' }>) => {
    const { mover, from, to } = leg
    const { startupSeconds, drainSeconds } = instance.deployments[mover.deployment] as InstanceDeployment
    const who = { replica: mover.replica, deployment: mover.deployment, isListed: listed.has(mover.replica) }
    const flight = from === undefined ? -1 : graph.flights++
    const devices: Devices = to.devices
    const start = graph.add({ action: 'start', ...who, node: to.node, devices, seconds: startupSeconds, flight })
    const holding = holdingAt(mover.deployment, to)
    const previous = lastStep.get(mover.replica)
    if (previous !== undefined) graph.wait(start, previous.stop)
    takeHolding(start, holding)
    giveSurplus(start, holding)
    if (from === undefined) {
      give(start, limits.ready(mover.deployment), 1)
      return
    }
    const shift = graph.add({ action: 'shift', ...who, from: from.node, node: to.node })
    const drain = graph.add({ action: 'drain', ...who, node: from.node, seconds: drainSeconds })
    const stop = graph.add({ action: 'stop', ...who, node: from.node, flight })
    graph.wait(shift, start)
    graph.wait(drain, shift)
    graph.wait(stop, drain)
    // The new copy pays for the old one's readiness; it adds one where the old one was not ready.
    if (previous === undefined && instance.copies[mover.copy]?.state !== 'running') give(start, limits.ready(mover.deployment), 1)
    giveHolding(stop, holdingAt(mover.deployment, from))
    lastStep.set(mover.replica, { start, stop })
  }

  const removed: { readonly copy: InstanceCopy; readonly step: number }[] = []
  for (const leg of legs) {
    if (leg.kind === 'move') move(leg)
    else {
      const copy = instance.copies[leg.copy] as InstanceCopy
      if (leg.kind === 'wait') waitFor(copy)
      else removed.push({ copy, step: remove(copy) })
    }
  }
  // A copy that is replaced goes when its replacement is ready.
  const replacedBy = new Map(instance.copies.map(({ id, replaces }) => [replaces, id]))
  for (const { copy, step } of removed) {
    const ready = waitOf.get(replacedBy.get(copy.id) ?? '')
    if (ready !== undefined && copy.state === 'running') graph.wait(step, ready)
  }
  return graph
}

function describe(copy: InstanceCopy) {
  return { replica: copy.id, deployment: copy.deployment, isListed: true }
}
