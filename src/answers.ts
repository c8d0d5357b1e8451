import { stayIsLegal } from '../models/checker/broken-rules.js'
import type { Instance } from '../models/instance/instance.js'
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
