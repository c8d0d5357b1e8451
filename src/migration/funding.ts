import { appendTo } from '../../models/grouping.js'
import type { Instance, InstanceCopy, InstanceDeployment } from '../../models/instance/instance.js'
import type { Place } from '../../models/instance/packing.js'
import type { Devices } from './agenda.js'
import { Ledger } from './ledger.js'
import type { Leg } from './legs.js'
import type { Holding, Limits } from './limits.js'
import { StepGraph } from './step-graph.js'

/** Tokens that a step gave back, and when it ends by estimate. */
type Gift = { readonly step: number; readonly at: number; left: number }
/** The tokens of one limit. Free ones; below 0: how far it is broken. */
type Purse = { free: number; gifts: Gift[]; readonly repairs: number[] }

/** Amounts below this are rounding. */
const NOTHING = 1e-9

/**
 * Turns a safe total order into steps that are safe in every order that respects `after`.
 *
 * Every limit has its free amount as tokens. A start is paid with tokens that particular earlier steps gave back, and waits for those:
 * first of steps that it waits for anyway, then of those that end before it could begin. Free tokens pay what is left, and so remain for
 * whoever could not wait; tokens are never paid twice. What a limit broken at the start gets back repairs it first, and whoever takes of
 * it later waits for all of that; so does whoever takes other devices of a node with an overfull one. A start in conflict with peers
 * waits until they are gone.
 *
 * `endsOf`: when the steps of a leg end, one after the other, as far as that is known. Left out: as if there were no run-time limits.
 */
export function fund(
  instance: Instance,
  limits: Limits,
  legs: readonly Leg[],
  endsOf?: ReadonlyMap<Leg, ArrayLike<number>>
): StepGraph {
  const graph = new StepGraph()
  const { level } = new Ledger(instance, limits)
  const listed = new Set(instance.problem.replicas.map(({ id }) => id))
  const purses = new Map<number, Purse>()
  const ends: number[] = []
  let expected: ArrayLike<number> | undefined
  const departed = new Map<number, number[]>()
  const lastStep = new Map<string, { readonly start: number; readonly stop: number }>()
  const waitOf = new Map<string, number>()

  /** When a step ends: as expected, or if nothing but what it waits for delays it. */
  const endOf = (step: number): number => {
    const found = ends[step] ?? expected?.[step - (graph.firstOf.at(-1) as number)]
    if (found !== undefined) {
      ends[step] = found
      return found
    }
    const { after, seconds } = graph.steps[step] as StepGraph['steps'][number]
    let begins = 0
    for (const before of after) begins = Math.max(begins, endOf(before))
    ends[step] = begins + seconds
    return begins + seconds
  }
  const purseOf = (counter: number): Purse => {
    const known = purses.get(counter)
    if (known !== undefined) return known
    const purse = {
      free: (limits.limit[counter] as number) - (level[counter] as number),
      gifts: [],
      repairs: []
    }
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
    purse.gifts.push({ step, at: endOf(step), left })
  }
  /** When a step can be paid at the earliest. */
  const payableAt = (counter: number, amount: number): number => {
    const purse = purseOf(counter)
    let due = amount - Math.max(0, purse.free)
    let at = purse.repairs.reduce((latest, repair) => Math.max(latest, endOf(repair)), 0)
    for (const gift of purse.gifts.sort((left, right) => left.at - right.at)) {
      if (due <= NOTHING) break
      due -= gift.left
      at = Math.max(at, gift.at)
    }
    return at
  }
  /** Pays with what is there by the time at which the step begins anyway, the latest first: others begin earlier then. */
  const take = (step: number, counter: number, amount: number, begins: number) => {
    if (amount <= 0) return
    const purse = purseOf(counter)
    for (const repair of purse.repairs) graph.wait(step, repair)
    let due = amount
    const accept = (gift: Gift) => {
      const part = Math.min(due, gift.left)
      if (part <= NOTHING) return
      gift.left -= part
      due -= part
      graph.wait(step, gift.step)
      graph.payments.push({ limit: counter, from: gift.step, to: step, amount: part })
    }
    const after = graph.steps[step]?.after ?? new Set()
    for (const gift of purse.gifts) if (after.has(gift.step)) accept(gift)
    for (const gift of purse.gifts.filter(({ at }) => at <= begins).reverse()) accept(gift)
    purse.free -= Math.min(due, Math.max(0, purse.free))
    purse.gifts = purse.gifts.filter(({ left }) => left > NOTHING)
  }
  const takeAll = (step: number, counters: readonly number[], amounts: readonly number[]) => {
    let begins = 0
    for (const before of graph.steps[step]?.after ?? []) begins = Math.max(begins, endOf(before))
    for (const [position, counter] of counters.entries()) {
      begins = Math.max(begins, payableAt(counter, amounts[position] as number))
    }
    for (const [position, counter] of counters.entries()) take(step, counter, amounts[position] as number, begins)
  }
  const takeHolding = (step: number, holding: Holding) => {
    for (const peer of holding.opposed) for (const gone of departed.get(peer) ?? []) graph.wait(step, gone)
    for (const device of holding.overfull) for (const repair of purseOf(device).repairs) graph.wait(step, repair)
    takeAll(step, holding.counters, holding.starting)
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
      appendTo(departed, counter, step)
    }
  }
  const holdingAt = (deployment: number, place: Place) => limits.holding(deployment, place.node, place.devices)

  const waitFor = (copy: InstanceCopy) => {
    // How far it is nobody knows: at most all of its startup. A deadline is for what can be left undone, and this cannot.
    const { startupSeconds } = instance.deployments[copy.deployment] as InstanceDeployment
    const seconds = instance.problem.migration.deadlineSeconds === null ? startupSeconds : 0
    const who = { ...describe(copy), node: copy.node, devices: copy.devices }
    const step = graph.add({ action: 'start', ...who, isWait: true, seconds })
    for (const counter of limits.growing(copy.deployment, copy.node)) {
      for (const repair of purseOf(counter).repairs) graph.wait(step, repair)
    }
    giveSurplus(step, holdingAt(copy.deployment, copy))
    give(step, limits.ready(copy.deployment), 1)
    waitOf.set(copy.id, step)
  }
  const remove = (copy: InstanceCopy) => {
    const who = describe(copy)
    const ready = limits.ready(copy.deployment)
    const { drainSeconds } = instance.deployments[copy.deployment] as InstanceDeployment
    const drain =
      copy.state === 'running' ? graph.add({ action: 'drain', ...who, node: copy.node, seconds: drainSeconds }) : -1
    const stop = graph.add({ action: 'stop', ...who, node: copy.node })
    if (drain >= 0) {
      takeAll(drain, [ready], [1])
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
    const start = graph.add({
      action: 'start',
      ...who,
      node: to.node,
      from: from?.node ?? -1,
      devices,
      seconds: startupSeconds,
      flight
    })
    const holding = holdingAt(mover.deployment, to)
    const previous = lastStep.get(mover.replica)
    if (previous !== undefined) graph.wait(start, previous.stop)
    takeHolding(start, holding)
    giveSurplus(start, holding)
    if (from === undefined) {
      give(start, limits.ready(mover.deployment), 1)
      lastStep.set(mover.replica, { start, stop: start })
      return
    }
    const shift = graph.add({ action: 'shift', ...who, from: from.node, node: to.node })
    const drain = graph.add({ action: 'drain', ...who, node: from.node, seconds: drainSeconds })
    const stop = graph.add({ action: 'stop', ...who, node: from.node, flight })
    graph.wait(shift, start)
    graph.wait(drain, shift)
    graph.wait(stop, drain)
    // The new copy pays for the old one's readiness; it adds one where the old one was not ready.
    const ready = limits.ready(mover.deployment)
    if (previous === undefined && instance.copies[mover.copy]?.state !== 'running') give(start, ready, 1)
    else graph.payments.push({ limit: ready, from: start, to: drain, amount: 1 })
    giveHolding(stop, holdingAt(mover.deployment, from))
    lastStep.set(mover.replica, { start, stop })
  }

  const leave = ({ mover, from }: Extract<Leg, { readonly kind: 'leave' }>) => {
    const { drainSeconds } = instance.deployments[mover.deployment] as InstanceDeployment
    const who = { replica: mover.replica, deployment: mover.deployment, isListed: true, node: from.node }
    const drain = graph.add({ action: 'drain', ...who, seconds: drainSeconds })
    const stop = graph.add({ action: 'stop', ...who })
    const previous = lastStep.get(mover.replica)
    if (previous !== undefined) for (const step of [previous.start, previous.stop]) graph.wait(drain, step)
    graph.wait(stop, drain)
    takeAll(drain, [limits.ready(mover.deployment)], [1])
    giveHolding(stop, holdingAt(mover.deployment, from))
    lastStep.set(mover.replica, { start: stop, stop })
  }

  const removed: { readonly copy: InstanceCopy; readonly step: number }[] = []
  for (const leg of legs) {
    graph.firstOf.push(graph.steps.length)
    expected = endsOf?.get(leg)
    if (leg.kind === 'move') move(leg)
    else if (leg.kind === 'leave') leave(leg)
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
