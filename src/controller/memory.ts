import type { Problem } from '../../models/contract/problem.js'
import type { Result } from '../../models/contract/result.js'
import { canonicalJson, sha256Of } from '../hash.js'
import type { Proposal } from './planning.js'
import type { RoundOutcome } from './round-report.js'

/** What is not proven is looked for so often in the same cluster: each time it begins with what was found before. */
const MOST_TRIES = 3

/** What planning has last come to. */
export interface Conclusion {
  readonly outcome: RoundOutcome
  readonly message: string
  readonly problem: Problem
  readonly result: Result
}

/** What a controller remembers from round to round. Nothing of it has to survive a restart. */
export class Memory {
  /** What was found last: where the next search begins. */
  start: Result | null = null
  /** Whether a journal may hold a plan that has begun and not ended. */
  mayHaveLeftovers = true
  /** Whether the cluster has been read before. */
  isFirstReading = true
  /** By node, when it was last to be opened because an earlier plan had closed it. */
  readonly reopened = new Map<string, number>()
  /** Nodes that were given back and are there still: until somebody opens or fills them, they are left to whoever takes them away. */
  readonly givenBack = new Set<string>()
  /** Executions in a row that took too long and got nothing done. */
  futileOverruns = 0
  /** What is left alone for now because somebody else is changing it, and until when. */
  unsettled: readonly { readonly id: string; readonly until: number }[] = []
  #conclusion: (Conclusion & { readonly key: string; readonly isFinal: boolean; readonly tries: number }) | null = null
  readonly #told = new Map<'wait' | 'plan', string>()

  /** Forgets of the nodes that were given back those that are gone, or in use again. */
  lookAtGivenBack({ nodes, replicas }: Problem): void {
    if (this.givenBack.size === 0) return
    const left = new Set(nodes.flatMap(({ id, acceptsReplicas }) => (acceptsReplicas ? [] : [id])))
    for (const { node } of replicas) if (node !== null) left.delete(node)
    for (const node of this.givenBack) if (!left.has(node)) this.givenBack.delete(node)
  }

  /** What was concluded of the same cluster, if nothing better is to be expected of looking again. */
  recall(key: string): Conclusion | null {
    const known = this.#conclusion
    return known?.key === key && (known.isFinal || known.tries >= MOST_TRIES) ? known : null
  }

  conclude(key: string, conclusion: Conclusion, { isFinal }: Proposal): void {
    const tries = this.#conclusion?.key === key ? this.#conclusion.tries + 1 : 1
    this.#conclusion = { ...conclusion, key, isFinal, tries }
  }

  /** Whether something is to be told: not where it was the last thing of its kind that was. Empty: there is nothing now. */
  isNews(kind: 'wait' | 'plan', subject: string): boolean {
    const isNews = this.#told.get(kind) !== subject
    this.#told.set(kind, subject)
    return isNews && subject !== ''
  }
}

/** Names a Problem by all that bears on its plan, and not by when it was taken. */
export function keyOf({ name, source, takenAt, ...problem }: Problem): string {
  return sha256Of(canonicalJson(problem))
}

/** Names a plan by what it does: by the moves, and the nodes that come and go. Another name of the same cluster makes no other plan of it. */
export function signatureOf({ replicas }: Problem, { placement, releasedNodes, newNodes }: Result): string {
  const homes = new Map(replicas.map(({ id, node }) => [id, node]))
  const moves = placement
    .filter(({ replica, node }) => homes.get(replica) !== node)
    .map(({ replica, node }) => [replica, node])
    .sort()
  return sha256Of(canonicalJson([moves, [...releasedNodes].sort(), newNodes.map(({ type }) => type).sort()]))
}
