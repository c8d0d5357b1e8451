import type { Step } from '../../../models/contract/plan.js'
import type { Problem } from '../../../models/contract/problem.js'
import type { Result } from '../../../models/contract/result.js'
import { ClusterState } from './cluster-state.js'
import { indexFleet } from './fleet.js'
import { readLegs } from './legs.js'
import type { NodeLoad } from './node-load.js'
import { countUntil, listOrder, type PlayedEvent, timeOrder, withFlights } from './played-events.js'
import { type NodeStanding, readChanges } from './step-changes.js'
import { describeStep } from './step-words.js'

/** A node at a moment. */
export interface NodeMoment extends NodeStanding, NodeLoad {
  readonly id: string
}

/** The cluster at a moment of its migration. */
export interface Moment {
  /** Steps that have ended. */
  readonly done: number
  /** Steps that have begun and not ended; always 0 between two steps of the list. */
  readonly underWay: number
  /** When it is by schedule, in seconds: of a place in the list the end of its step. */
  readonly seconds: number
  /** The step that begins or ends last before; null at the outset. */
  readonly step: Step | null
  /** What that step does, in words; empty at the outset. */
  readonly sentence: string
  /** Ids of the nodes that differ from the moment asked for before. */
  readonly changed: readonly string[]
  /** Money per hour for the nodes in use: those that host something, will be given back, or never are. */
  readonly costPerHour: number
  /** Money per hour for all nodes that are there, idle ones included. */
  readonly listedCostPerHour: number
  /** Running replicas on their way, each leg of a hop by itself. */
  readonly migrations: { readonly done: number; readonly inFlight: number; readonly total: number }
}

/**
 * A migration to be stepped through. A moment lasts until the next one is asked for; to move to it costs what happens in between.
 * Ids of nodes that are unknown have no state.
 */
export interface Playback {
  readonly steps: readonly Step[]
  /** When the last step ends by schedule. */
  readonly seconds: number
  readonly nodes: readonly string[]
  /** After so many steps of the list, each ended before the next. */
  at(steps: number): Moment
  /** At a time of the schedule, all that begins or ends then included. */
  atSeconds(seconds: number): Moment
  /** A node at the moment asked for last. */
  node(id: string): NodeMoment | undefined
}

/** Opens a plan at its outset; of what `parseProblem` and `parseResult` give. */
export function openPlayback(problem: Problem, result: Result): Playback {
  const fleet = indexFleet(problem, result)
  const { cluster } = fleet
  const { steps, makespanSeconds } = result.plan
  const { initial, steps: changes } = readChanges(fleet)
  const legs = readLegs(fleet)
  const byList = withFlights(listOrder(steps), legs, changes, steps)
  let byTime: PlayedEvent[] | undefined
  const state = new ClusterState(fleet, initial)
  let events: readonly PlayedEvent[] = byList
  let played = 0
  let flights = 0
  let landings = 0
  let ended = 0

  const play = (event: PlayedEvent, direction: 1 | -1) => {
    if (direction === 1) for (const change of event.changes) state.apply(change)
    else for (const change of [...event.changes].reverse()) state.takeBack(change)
    flights += direction * event.flights
    landings += direction * event.landings
    if (event.isEnd) ended += direction
    played += direction
  }
  const seek = (target: number) => {
    while (played < target) play(events[played] as PlayedEvent, 1)
    while (played > target) play(events[played - 1] as PlayedEvent, -1)
  }
  const use = (list: readonly PlayedEvent[]) => {
    if (events === list) return
    seek(0)
    events = list
  }
  const moment = (seconds: number): Moment => {
    const last = events[played - 1]
    const step = last === undefined ? null : (steps[last.step] as Step)
    const isOver = played === events.length
    return {
      done: ended,
      underWay: played - 2 * ended,
      seconds,
      step,
      sentence: step === null ? '' : describeStep(step),
      changed: state.takeChanged(),
      ...state.costs(isOver),
      migrations: { done: landings, inFlight: flights, total: legs.length }
    }
  }
  return {
    steps,
    seconds: makespanSeconds,
    nodes: [...cluster.nodes.keys()],
    at(count) {
      use(byList)
      const target = Math.max(0, Math.min(steps.length, Math.floor(count) || 0))
      seek(2 * target)
      return moment(steps[target - 1]?.endSeconds ?? 0)
    },
    atSeconds(seconds) {
      byTime ??= withFlights(timeOrder(steps), legs, changes, steps)
      use(byTime)
      seek(countUntil(byTime, seconds))
      return moment(Math.max(0, seconds))
    },
    node: (id) => state.node(id)
  }
}
