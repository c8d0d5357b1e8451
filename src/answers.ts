import { stayIsLegal } from '../models/checker/broken-rules.js'
import type { Instance } from '../models/instance/instance.js'
import { appraise, type Worth } from './search/worth.js'
import type { Incumbent, Incumbents } from './search/incumbents.js'
import { nameReplicas } from './search/name-replicas.js'
import { PackingState } from './search/packing-state.js'

/** A placement that may become the Result. */
export interface Answer extends Pick<Incumbent, 'target' | 'producer' | 'worth'> {
  /** Better placements that were not used, and why. */
  readonly notes: readonly string[]
}

/**
 * The placements to try, best first: what was found, as far as it satisfies the Problem and its gate, then the cluster as it is.
 * Normally the first one becomes the Result; the others are for when it cannot be reached or fails a check.
 */
export function* answers(incumbents: Incumbents): Generator<Answer> {
  const { instance, history } = incumbents
  const isGated = stayIsLegal(instance.problem)
  const notes: string[] = []
  for (const incumbent of [...history].reverse()) {
    if (!satisfies(instance, incumbent.worth)) continue
    if (isGated && !passesGate(instance, incumbent.worth)) {
      if (notes.length === 0) notes.push(`the gate forbids a saving of ${savingOf(instance, incumbent.worth)} per hour`)
      continue
    }
    yield { ...incumbent, notes: [...notes] }
    notes.push(`a placement for ${incumbent.worth.costPerHour} per hour could not be reached safely`)
  }
  const state = new PackingState(instance)
  const worth = appraise(state)
  if (satisfies(instance, worth)) yield { target: nameReplicas(state), producer: 'initial', worth, notes }
}

/** Everything that is required has a place; nodes to be emptied are empty. Rules may be broken that the start breaks. */
function satisfies({ problem, nodes, deployments }: Instance, { unplaced, unemptied }: Worth): boolean {
  if (nodes.some(({ mustEmpty }) => mustEmpty) && unemptied > 0) return false
  if (problem.pending === 'required') return unplaced.every((count) => count === 0)
  return !deployments.some(({ isHeadroom }) => isHeadroom) || unplaced[0] === 0
}

/** The gate of the Problem: each move must save enough, and all together repay in time. */
function passesGate(instance: Instance, worth: Worth): boolean {
  const { gate, objective } = instance.problem
  if (worth.migrations === 0) return true
  const saving = savingOf(instance, worth)
  if (gate.minSavingPerMove > 0 && saving < gate.minSavingPerMove * worth.migrations - 1e-6) return false
  return gate.paybackHours === null || worth.moveCost * objective.moveCostPrice <= gate.paybackHours * saving + 1e-6
}

function savingOf({ nodes }: Instance, { costPerHour }: Worth): number {
  const now = nodes.filter(({ copies, releasable }) => copies.length > 0 || !releasable)
  return now.reduce((sum, node) => sum + node.costPerHour, 0) - costPerHour
}
