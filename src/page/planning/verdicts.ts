import type { Decisions } from '../../../models/contract/decisions.js'
import type { Verdicts } from '../../review/revise/read-decisions.js'

export const NO_DECISIONS: Decisions = { accept: [], reject: [], pin: [] }

/** What may be said of a replica and its move. */
export type VerdictName = 'accept' | 'reject' | 'pin' | 'forget'

const NAMES: readonly VerdictName[] = ['accept', 'reject', 'pin', 'forget']

/** Verdicts with one more; what was said of the replica before is replaced or, with null, taken away. */
export function withVerdict(verdicts: Verdicts, name: VerdictName | null, replica: string): Verdicts {
  return Object.fromEntries(
    NAMES.flatMap((one) => {
      const others = (verdicts[one] ?? []).filter((id) => id !== replica)
      const list = one === name ? [...others, replica] : others
      return list.length === 0 ? [] : [[one, list]]
    })
  )
}

/** What is said of a replica; undefined where nothing is. */
export function verdictOn(verdicts: Verdicts, replica: string): VerdictName | undefined {
  return NAMES.find((name) => verdicts[name]?.includes(replica))
}

/** The replicas on which a plan carries decisions. */
export function decidedOn({ accept, reject, pin }: Decisions): ReadonlySet<string> {
  return new Set([...accept, ...reject, ...pin].map(({ replica }) => replica))
}
