import { stayIsLegal } from '../models/checker/broken-rules.js'
import type { Instance } from '../models/instance/instance.js'
import type { Target } from '../models/instance/packing.js'
import type { Incumbent, Incumbents } from './search/incumbents.js'
import { nameReplicas } from './search/name-replicas.js'
import { PackingState } from './search/packing-state.js'
import { appraise, type Worth } from './search/worth.js'

/** A placement that may become the Result. */
export interface Answer extends Pick<Incumbent, 'target' | 'producer' | 'worth'> {
  /** Better placements that were not used, and why. */
  readonly notes: readonly string[]
  /** Whether the gate of the Problem forbids a better one. */
  readonly isGated: boolean
}

/**
 * The placements to try, best first: what was found, as far as it satisfies the Problem and its gate, then the cluster as it is.
 * Normally the first one becomes the Result; the others are for when it cannot be reached or fails a check.
 */
export function* answers(incumbents: Incumbents): Generator<Answer> {
  const { instance, history } = incumbents
  const mayStay = stayIsLegal(instance.problem)
  const notes: string[] = []
  let isGated = false
  for (const incumbent of [...history].reverse()) {
    if (incumbent.worth.missing > 0) continue
    if (mayStay && !passesGate(instance, incumbent.worth)) {
      if (!isGated) notes.push(`the gate forbids a saving of ${savingOf(instance, incumbent.worth)} per hour`)
      isGated = true
      continue
    }
    yield { ...incumbent, notes: [...notes], isGated }
    notes.push(`a placement for ${incumbent.worth.costPerHour} per hour could not be reached safely`)
  }
  const state = new PackingState(instance)
  const worth = appraise(state)
  if (worth.missing === 0) yield { target: nameReplicas(state), producer: 'initial', worth, notes, isGated }
}

/**
 * The same, but after the first, which is the best: the best of those that were found in which no node both gives and takes. Their moves
 * need no order, so they are reached where others are not, and every try takes time. Nothing but the first is looked at before it is
 * asked for.
 */
export function* certainNext(instance: Instance, all: Generator<Answer>): Generator<Answer> {
  const first = all.next()
  if (first.done === true) return
  yield first.value
  const rest = [...all]
  const certain = rest.find(({ producer, target }) => producer !== 'initial' && isOneWay(instance, target))
  if (certain !== undefined) yield { ...certain, notes: (rest[0] as Answer).notes }
  for (const answer of rest) if (answer !== certain) yield answer
}

/** Whether no node that a running copy leaves is one where another starts. */
function isOneWay({ copies }: Instance, { copies: places, newcomers }: Target): boolean {
  const gives = new Set<number>()
  const takes = new Set(newcomers.map(({ node }) => node))
  for (const [index, place] of places.entries()) {
    const home = copies[index]?.node
    if (home === undefined || place?.node === home) continue
    gives.add(home)
    if (place !== null) takes.add(place.node)
  }
  return [...gives].every((node) => !takes.has(node))
}

/** The gate of the Problem: each move must save enough, and all together repay in time. */
export function passesGate(instance: Instance, worth: Pick<Worth, 'migrations' | 'moveCost' | 'costPerHour'>): boolean {
  const { gate, objective } = instance.problem
  if (worth.migrations === 0) return true
  const saving = savingOf(instance, worth)
  if (gate.minSavingPerMove > 0 && saving < gate.minSavingPerMove * worth.migrations - 1e-6) return false
  return gate.paybackHours === null || worth.moveCost * objective.moveCostPrice <= gate.paybackHours * saving + 1e-6
}

/** What an answer saves per hour of what the cluster costs now. */
export function savingOf({ nodes }: Instance, { costPerHour }: Pick<Worth, 'costPerHour'>): number {
  const now = nodes.filter(({ copies, releasable }) => copies.length > 0 || !releasable)
  return now.reduce((sum, node) => sum + node.costPerHour, 0) - costPerHour
}
