import type { Entry, Presence, ProgramDraft } from './draft.js'

/** The copies of some deployments on some nodes: as columns of the program, on the nodes that are not open, and today. */
export interface Count {
  readonly presences: readonly Presence[]
  readonly entries: readonly Entry[]
  /** Those of `entries` that are arrivals. */
  readonly arrivals: readonly Entry[]
  readonly outside: number
  /** Draining copies apart. */
  readonly today: number
  /** Those of today with the draining ones: what a rule that counts only in the end starts from. */
  readonly atStart: number
  /** What the sum of the entries never exceeds. */
  readonly most: number
}

export type Counting = (deployments: readonly number[], nodes: readonly number[]) => Count

/** Prepares to count copies. */
export function countCopies({ instance, presence, outside, isOpen }: ProgramDraft): Counting {
  const keyOf = (deployment: number, node: number) => deployment * instance.nodes.length + node
  const presences = new Map(presence.map((entry) => [keyOf(entry.deployment, entry.node), entry]))
  const today = new Map<number, number>()
  const draining = new Map<number, number>()
  const beyond = new Map<number, number>()
  const increase = (counts: Map<number, number>, key: number) => counts.set(key, (counts.get(key) ?? 0) + 1)
  for (const { index, deployment, node, state } of instance.copies) {
    increase(state === 'draining' ? draining : today, keyOf(deployment, node))
    if (outside.packing?.stays[index] === 1 && !isOpen(node)) increase(beyond, keyOf(deployment, node))
  }
  for (const { deployment, node } of outside.packing?.arrivals ?? []) {
    if (!isOpen(node)) increase(beyond, keyOf(deployment, node))
  }
  return (deployments, nodes) => {
    const lists = { presences: [] as Presence[], entries: [] as Entry[], arrivals: [] as Entry[] }
    const count = { ...lists, outside: 0, today: 0, atStart: 0, most: 0 }
    for (const node of nodes) {
      for (const deployment of deployments) {
        const key = keyOf(deployment, node)
        count.outside += beyond.get(key) ?? 0
        count.today += today.get(key) ?? 0
        count.atStart += (today.get(key) ?? 0) + (draining.get(key) ?? 0)
        const entry = presences.get(key)
        if (entry === undefined) continue
        count.most += entry.most
        count.presences.push(entry)
        for (const column of entry.columns) count.entries.push([column, 1])
        for (const column of entry.arrivals) count.arrivals.push([column, 1])
      }
    }
    return count
  }
}
