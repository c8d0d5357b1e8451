import { InputError, parsePlacement } from '../../models/contract/parse.js'
import type { Placement, Producer } from '../../models/contract/placement.js'
import type { Instance } from '../../models/instance/instance.js'
import type { Arrival } from '../../models/instance/packing.js'
import { stateOf } from '../plan-migration.js'
import { repairPacking } from '../search/greedy/greedy.js'
import type { Incumbents } from '../search/incumbents.js'
import { withinBudget } from '../search/move-account.js'
import { PackingState } from '../search/packing-state.js'
import { settleArrivals } from '../search/realisation.js'
import { appraise } from '../search/worth.js'
import { adoptPlacement } from './adopt-placement.js'
import { keepAtHome, matchStart } from './match-start.js'
import { readTarget } from './read-target.js'

/** A placement that was given for the search to begin with, as far as it can be used. */
export interface Start {
  /** The instance, in the words of the placement where it is legal as it is. */
  readonly instance: Instance
  readonly state: PackingState
  readonly producer: Producer
  /** What could not be used, and why, for people. */
  readonly notes: readonly string[]
}

/**
 * Reads a placement or Result of this Problem, or of what it was before. One that is legal is taken as it is. Of any other, replicas and nodes
 * are looked up by name, what is there no more is left out, and the rest is repaired and completed as greedy does. Nothing of this
 * is an error: notes say what was not used. Throws InputError for what is neither.
 */
export function readStart(compiled: Instance, value: unknown, isOver: () => boolean): Start {
  const placement = parseStart(value)
  const producer = placement.producer ?? 'initial'
  const instance = adoptPlacement(compiled, placement)
  try {
    const state = withoutExchanges(stateOf(instance, readTarget(instance, placement)), isOver)
    return { instance, state, producer, notes: [] }
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    const { leaving, arrivals, notes } = matchStart(instance, placement)
    const { state, homeless } = settle(compiled, leaving, arrivals, isOver)
    if (homeless > 0) notes.push(`replicas that do not fit where it puts them, placed anew: ${homeless}`)
    // Whatever else is wrong has been repaired or is told by the check.
    const [fault] = error.issues
    if (notes.length === 0 && fault !== undefined) notes.push(`${fault.path}: ${fault.found}`)
    const told = notes.map((note) => `start: ${note}`)
    return { instance: compiled, state: withoutExchanges(state, isOver), producer, notes: told }
  }
}

/** How often a state is settled anew: what was placed anew may trade places again. */
const MOST_ROUNDS = 3

/** The same state, but for copies that would only trade places with others of their deployment. */
function withoutExchanges(state: PackingState, isOver: () => boolean, rounds = MOST_ROUNDS): PackingState {
  const { instance } = state
  const gone = instance.copies.filter((copy) => copy.state !== 'draining' && state.stays[copy.index] === 0)
  const leaving = new Set(gone.map(({ index }) => index))
  const arrivals = keepAtHome(instance, leaving, state.arrivals.flat())
  if (leaving.size === gone.length || rounds === 0) return state
  return withoutExchanges(settle(instance, leaving, arrivals, isOver).state, isOver, rounds - 1)
}

/** A state in which copies left and others arrived, repaired; and how many had to be placed elsewhere, or nowhere. */
function settle(
  instance: Instance,
  leaving: Iterable<number>,
  arrivals: readonly Arrival[],
  isOver: () => boolean
): { readonly state: PackingState; readonly homeless: number } {
  const state = new PackingState(instance)
  for (const copy of leaving) state.leave(copy)
  const homeless = settleArrivals(state, arrivals).length
  repairPacking(state, isOver)
  return { state, homeless }
}

/** Offers a start. Returns what people should know of it. */
export async function offerStart(incumbents: Incumbents, { state, producer, notes }: Start): Promise<string[]> {
  const isTaken = await incumbents.measure('start', (own) => own.offer(state, producer))
  if (isTaken) return [...notes]
  const isAffordable = withinBudget(incumbents.instance, appraise(state))
  const why = isAffordable ? 'no legal placement comes of it' : 'it takes more moves than the budget allows'
  return [...notes, `start: not used, for ${why}`]
}

/** The placement of a start. Throws InputError for what is neither a placement nor a Result. */
function parseStart(value: unknown): Placement {
  try {
    return parsePlacement(value)
  } catch (error) {
    throw error instanceof InputError ? new InputError('start', error.issues) : error
  }
}
