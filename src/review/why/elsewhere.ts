import type { Problem } from '../../../models/contract/problem.js'
import type { Result } from '../../../models/contract/result.js'
import { compileInstance } from '../../../models/instance/compile.js'
import type { ResolvedQuestion } from '../../capacity/question/options.js'
import { adoptPlacement } from '../../result/adopt-placement.js'
import { countLimits, type LimitCount } from '../../result/count-limits.js'
import { breathe } from '../../turns.js'
import { nameOf, rankNodes, tryToReach } from '../alternatives/rank-nodes.js'
import { Trial } from '../alternatives/trial.js'
import { plannedReplicas, plannedTarget } from '../planned-moves.js'
import { type EndPrice, priceOfEnd } from './price.js'

/** Where else a replica alone could be, everything else as in the Result: the best of its alternatives. */
export interface Elsewhere {
  /**
   * works: it could end on `node`, and a safe order of moves leads there. impossible: the limits forbid it every other node while all others
   * are as they are in the end. unknown: it could be elsewhere, but no safe order was found, or there was no time to look for one.
   */
  readonly verdict: 'works' | 'impossible' | 'unknown'
  /** The node after which the primary objective is smallest of those that are reached. */
  readonly node?: string
  /** Its type, where it would be bought. */
  readonly type?: string
  /** What the end with it there costs. */
  readonly price?: EndPrice
  /** How many other nodes that are active in the end could have it. */
  readonly rooms: number
  /** What forbids it the others that are active, and how many of them, the most frequent first. */
  readonly limits: readonly LimitCount[]
}

/** Nodes that are tried: whether a safe order of moves leads there. */
const MOST_TRIED = 10

/** Looks at the alternatives of one replica that has a place; undefined where it has none. */
export async function lookElsewhere(
  problem: Problem,
  result: Result,
  id: string,
  { budget, signal }: ResolvedQuestion
): Promise<Elsewhere | undefined> {
  const instance = adoptPlacement(compileInstance(problem), result)
  const planned = plannedReplicas(instance, result)
  const subject = planned.get(id)
  if (subject === undefined) return undefined
  const trial = new Trial(instance, plannedTarget(instance, planned, result), subject)
  const { possible, forbidden } = rankNodes(trial)
  const others = possible.filter(({ node }) => node.index !== trial.planned)
  const kept = forbidden.filter(({ node }) => node.index !== trial.planned && trial.isActive(node.index))
  const found = {
    rooms: others.filter(({ node }) => trial.isActive(node.index)).length,
    limits: countLimits(
      kept.map(({ limits }) => ({
        limits: [...new Set(limits.map(({ code, path, resource }) => path ?? resource ?? code))]
      }))
    )
  }
  for (const { node, worth } of others.slice(0, MOST_TRIED)) {
    await breathe()
    signal.throwIfAborted()
    if (budget.isSpent()) break
    const { reachable } = tryToReach(trial, node.index, () => budget.isLate())
    if (reachable === 'yes')
      return { verdict: 'works', ...nameOf(instance, node), price: priceOfEnd(worth, trial.plannedWorth), ...found }
  }
  return { verdict: others.length === 0 ? 'impossible' : 'unknown', ...found }
}
