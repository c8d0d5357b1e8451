import type { PatternProblem } from '../../../models/formulations/pattern-problem.js'
import type { Pattern } from '../../../src/solvers/patterns/pattern.js'
import type { KindPrices } from '../../../src/solvers/patterns/pricing.js'

/**
 * All contents of a node of a kind and a group, −1 for none, by trying them all. Sums may exceed a limit by a part `over` of it, or by
 * as much where the limit is below 1. Devices are packed one by one.
 */
export function enumerateContents(problem: PatternProblem, kind: number, group: number, over = 0): Pattern[] {
  const { deployments, most, residentStart, residentDeployment, residentCopies, residentHeld } = problem
  const first = group < 0 ? 0 : (residentStart[group] as number)
  const last = group < 0 ? 0 : (residentStart[group + 1] as number)
  const stays = new Int32Array(last - first)
  const counts = new Int32Array(deployments)
  const found: Pattern[] = []
  const arrive = (deployment: number): void => {
    if (deployment === deployments) {
      if (isLegal(problem, kind, counts, over)) {
        found.push({ kind, group, counts: counts.slice(), stays: stays.slice() })
      }
      return
    }
    const staying = counts[deployment] as number
    do {
      arrive(deployment + 1)
      counts[deployment] = (counts[deployment] as number) + 1
    } while ((counts[deployment] as number) <= (most[kind * deployments + deployment] as number))
    counts[deployment] = staying
  }
  const stay = (resident: number): void => {
    if (resident === last) {
      arrive(0)
      return
    }
    const deployment = residentDeployment[resident] as number
    for (let copies = residentHeld[resident] as number; copies <= (residentCopies[resident] as number); copies++) {
      stays[resident - first] = copies
      counts[deployment] = (counts[deployment] as number) + copies
      stay(resident + 1)
      counts[deployment] = (counts[deployment] as number) - copies
    }
    stays[resident - first] = 0
  }
  stay(first)
  return found
}

function isLegal(problem: PatternProblem, kind: number, counts: Int32Array, over: number): boolean {
  const { dimensions, deployments, capacity, weight, conflictSide, deviceDimensions } = problem
  for (let dimension = 0; dimension < dimensions; dimension++) {
    const limit = capacity[kind * dimensions + dimension] as number
    const amount = counts.reduce(
      (sum, copies, item) => sum + copies * (weight[item * dimensions + dimension] as number),
      0
    )
    if (amount > limit + over * Math.max(1, limit)) return false
  }
  for (let at = 0; at < conflictSide.length; at += deployments) {
    const hosts = (side: number) => counts.some((copies, item) => copies > 0 && conflictSide[at + item] === side)
    if (hosts(1) && hosts(2)) return false
  }
  return deviceDimensions.every((dimension) => {
    const devices = capacity[kind * dimensions + dimension] as number
    const shares = [...counts.entries()].flatMap(([item, copies]) => {
      const amount = weight[item * dimensions + dimension] as number
      return amount === 0 ? [] : new Array<number>(copies * Math.ceil(amount)).fill(Math.min(1, amount))
    })
    return fits(new Array<number>(devices).fill(1), shares)
  })
}

function fits(left: number[], shares: readonly number[]): boolean {
  const [share, ...rest] = shares
  if (share === undefined) return true
  return left.some((room, device) => {
    if (room < share - 1e-9) return false
    left[device] = room - share
    const isFitting = fits(left, rest)
    left[device] = room
    return isFitting
  })
}

/** What contents are worth at some profits. */
export function worthOf(
  problem: PatternProblem,
  { group, counts, stays }: Pattern,
  { copy, stay }: Pick<KindPrices, 'copy' | 'stay'>
): number {
  const first = group < 0 ? 0 : (problem.residentStart[group] as number)
  const inAll = counts.reduce((sum, copies, deployment) => sum + copies * (copy[deployment] as number), 0)
  return stays.reduce((sum, copies, index) => sum + copies * (stay[first + index] as number), inAll)
}
