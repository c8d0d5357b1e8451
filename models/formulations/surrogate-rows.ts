import type { BindingLimit } from '../instance/binding-limit.js'
import type { InstanceNode } from '../instance/instance.js'
import type { ProgramDraft } from './draft.js'
import { capacityInequalities, roundedInequalities } from './node-inequality.js'

/**
 * Rows that the others imply: Σ capacity · y ≥ what must be hosted, over all nodes and over each set of node kinds that some
 * deployments are confined to, for every resource and rounding; and Σ most · y ≥ desired per deployment. They leave the
 * relaxation as it is, but the solver cuts from them and its root is an order of magnitude faster.
 */
export function addSurrogateRows(draft: ProgramDraft): void {
  const { instance, builder, presence } = draft
  if (draft.unplaced.size > 0) return
  const yOf = new Map(draft.nodes.map((node, position) => [node, draft.active[position] as number]))
  const kindsOf = instance.deployments.map(() => new Set<number>())
  const hosts = instance.deployments.map(() => [] as { node: number; most: number }[])
  for (const { deployment, node, most } of presence) {
    kindsOf[deployment]?.add((instance.nodes[node] as InstanceNode).kind)
    hosts[deployment]?.push({ node, most })
  }
  const allKinds = new Set(instance.nodes.map(({ kind }) => kind))
  const sets = new Map<string, ReadonlySet<number>>([[keyOf(allKinds), allKinds]])
  for (const kinds of kindsOf) if (kinds.size > 0) sets.set(keyOf(kinds), kinds)
  const inequalities = [...capacityInequalities(instance), ...roundedInequalities(instance)]
  for (const [order, kinds] of [...sets.values()].entries()) {
    const confined = instance.deployments.filter(({ index }) => {
      const own = kindsOf[index] as Set<number>
      return own.size > 0 && [...own].every((kind) => kinds.has(kind))
    })
    const nodes = instance.nodes.filter(({ index, kind }) => kinds.has(kind) && yOf.has(index))
    for (const { name, weight, limits } of inequalities) {
      // A start that is overfull may stay so: then the sum says nothing.
      if (draft.objectives.weightsOf('broken-rules').length > 0) continue
      let wanted = confined.reduce((sum, { index, desired }) => sum + desired * (weight[index] as number), 0)
      const rounding = wanted * 1e-9
      const entries: [number, number][] = []
      for (const { index } of nodes) {
        const y = yOf.get(index) as number
        const { limit, slack } = limits[index] as BindingLimit
        wanted -= slack
        if (y < 0) wanted -= limit
        else if (limit > 0) entries.push([y, limit])
      }
      if (wanted > rounding && entries.length > 0)
        builder.row(`surrogate ${order} ${name}`, wanted - rounding, Infinity, entries)
    }
  }
  for (const { index, id, desired } of instance.deployments) {
    let wanted = desired
    const entries: [number, number][] = []
    for (const { node, most } of hosts[index] as { node: number; most: number }[]) {
      const y = yOf.get(node) as number
      if (y < 0) wanted -= most
      else entries.push([y, most])
    }
    if (wanted > 0 && entries.length > 0) builder.row(`surrogate hosts ${id}`, wanted, Infinity, entries)
  }
}

function keyOf(kinds: ReadonlySet<number>): string {
  return [...kinds].sort((left, right) => left - right).join()
}
