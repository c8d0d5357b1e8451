import type { Problem } from '../../models/contract/problem.js'
import { roomProblem } from '../../src/capacity/question/scenario.js'
import { findOptimum, type Optimum, TooLargeError } from '../brute-force/enumerate-placements.js'
import { randomProblem } from '../brute-force/random-problem.js'
import { stateDevices } from '../brute-force/state-devices.js'

/** A tiny random Problem that can be enumerated; running copies state their devices, and nothing starts broken. */
export function tinyProblem(seed: number, mostReplicas = 4): Problem {
  const { headroom: _, ...problem } = randomProblem(seed, { mostReplicas, broken: false })
  return stateDevices({ ...problem, headroom: [] })
}

/** The best placement by enumeration, null where there is none that breaks nothing, `unknown` where there are too many. */
export function enumerated(problem: Problem): Optimum | null | 'unknown' {
  try {
    const best = findOptimum(problem, 150_000)
    return best === null || best.broken > 0 ? null : best
  } catch (error) {
    if (error instanceof TooLargeError) return 'unknown'
    throw error
  }
}

/** Whether everything that is wanted has a place, by enumeration. */
export function fitsByEnumeration(problem: Problem): boolean | 'unknown' {
  const best = enumerated(problem)
  return best === 'unknown' ? best : best !== null
}

/** The room of a tiny Problem: without budgets, gangs and what is leaving. */
export function tinyRoom(seed: number, mostReplicas = 4): Problem {
  return roomProblem(tinyProblem(seed, mostReplicas))
}
