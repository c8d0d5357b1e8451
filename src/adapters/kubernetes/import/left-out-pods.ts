import type { Remarks } from './remarks.js'

/** Why pods are no replicas, for one pod and for several. */
const REASONS = {
  ended: ['has ended and holds nothing', 'have ended and hold nothing'],
  'unknown-node': ['is on a node that is not among the nodes', 'are on nodes that are not among the nodes'],
  'never-started': ['was deleted before it had a node', 'were deleted before they had a node'],
  'without-its-node': ['waits for a node that is meant for it', 'wait for nodes that are meant for them'],
  'scheduling-gated': ['waits for its scheduling gates to open', 'wait for their scheduling gates to open'],
  'belongs-to-node': [
    'belongs to its node and is off the capacity there',
    'belong to their nodes and are off the capacity there'
  ]
} as const

/** Pods that are no replicas, said once for all pods of an owner. */
export class LeftOutPods {
  readonly #left = new Map<string, { code: keyof typeof REASONS; kind: string; id: string; count: number }>()

  /** Notes one pod of an owner. */
  add(code: keyof typeof REASONS, kind: string, id: string): void {
    const key = JSON.stringify([code, kind, id])
    const known = this.#left.get(key)
    if (known === undefined) this.#left.set(key, { code, kind, id, count: 1 })
    else known.count++
  }

  /** Says all that were noted. */
  say(remarks: Remarks): void {
    for (const { code, kind, id, count } of this.#left.values()) {
      const [one, several] = REASONS[code]
      const reason = kind === 'Pod' ? `it ${one}` : count === 1 ? `1 pod ${one}` : `${count} pods ${several}`
      remarks.leaveOut({ kind, id, code, reason })
    }
  }
}
