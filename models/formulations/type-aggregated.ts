import { groupBy } from '../grouping.js'
import type { BindingLimit } from '../instance/binding-limit.js'
import type { Instance, InstanceNode } from '../instance/instance.js'
import { mayStart } from '../instance/instance.js'
import { type LinearProgram, ProgramBuilder } from '../linear-program/program.js'
import { amountNow, capacityInequalities, mostHosted, roundedInequalities } from './node-inequality.js'

/** More copies than there are, as many as there is room for: what is maximised in the place of the cost. */
export interface TypeGrowth {
  /** Copies of each deployment without growth, headroom included. */
  readonly base: readonly number[]
  /** The deployment of which there are to be more; null: all of them but headroom, in multiples of `base`. */
  readonly deployment: number | null
}

/**
 * The type-aggregated program: nodes of a kind are one integer Y, resources are summed over them, and a deployment's copies
 * on a kind are one integer X. What nodes host now and what moves cost is forgotten, so it is a relaxation of every formulation:
 * its bound is a bound on the cost per hour, and on small numbers of kinds it is proven in no time.
 *
 *   min Σ cost · Y   s.t.   Σ_kind X = desired,   Σ weight · X ≤ capacity · Y,   X ≤ most · Y,   Y ≤ nodes of the kind
 *
 * With a growth g, what is minimised is −g, costs apart: Σ_kind X = base + g of the one deployment, or Σ_kind X ≥ base · g of all of them,
 * for which `desired` must be as many as there may ever be. A relaxation as well: no growth above −bound has room.
 */
export function formulateByType(instance: Instance, growth: TypeGrowth | null = null): LinearProgram {
  const builder = new ProgramBuilder()
  const inequalities = [...capacityInequalities(instance), ...roundedInequalities(instance)]
  const demanded = instance.deployments.map(() => [] as [number, number][])
  for (const nodes of groupBy(instance.nodes, ({ kind }) => kind).values()) {
    const node = nodes[0] as InstanceNode
    if (!node.releasable && growth === null) builder.offset += node.costPerHour * nodes.length
    const active = builder.column(`nodes like ${node.id}`, {
      cost: node.releasable && growth === null ? node.costPerHour : 0,
      upper: nodes.length,
      integer: true
    })
    const hosted: { deployment: number; column: number }[] = []
    for (const { index, desired, id } of instance.deployments) {
      if (!mayHost(instance, index, nodes)) continue
      // Today's contents may break today's limits: then the limit of an empty node says nothing.
      const most = nodes.reduce((most, node) => {
        const now = node.copies.filter((copy) => instance.copies[copy]?.deployment === index).length
        return Math.max(most, mostHosted(instance, index, node, now))
      }, 0)
      const column = builder.column(`${id} on ${node.id}`, { upper: desired, integer: true })
      builder.row(`link ${id} ${node.id}`, -Infinity, 0, [
        [column, 1],
        [active, -Math.min(most, desired)]
      ])
      demanded[index]?.push([column, 1])
      hosted.push({ deployment: index, column })
    }
    for (const { name, weight, limits } of inequalities) {
      const { slack } = limits[node.index] as BindingLimit
      const limit = nodes.reduce(
        (most, { index }) => Math.max(most, (limits[index] as BindingLimit).limit, amountNow(instance, index, weight)),
        0
      )
      const entries: [number, number][] = hosted.map(({ deployment, column }) => [column, weight[deployment] as number])
      builder.row(`${name} ${node.id}`, -Infinity, slack * nodes.length, [...entries, [active, -limit]])
    }
  }
  if (growth !== null) {
    addGrowth(builder, instance, growth, demanded)
    return builder.build(`${instance.problem.name ?? 'problem'} growing, by type`)
  }
  const isBestEffort = instance.problem.pending === 'best-effort'
  for (const { index, id, desired, placed, isHeadroom } of instance.deployments) {
    const required = isBestEffort && !isHeadroom ? Math.min(desired, placed) : desired
    builder.row(`desired ${id}`, required, desired, demanded[index] as [number, number][])
  }
  return builder.build(`${instance.problem.name ?? 'problem'} by type`)
}

/** The column g that is maximised, and what each deployment has to be beside it. */
function addGrowth(
  builder: ProgramBuilder,
  { deployments }: Instance,
  { base, deployment }: TypeGrowth,
  demanded: readonly [number, number][][]
): void {
  const growth = builder.column('growth', { cost: -1, integer: deployment !== null })
  for (const { index, id, isHeadroom } of deployments) {
    const entries = demanded[index] as [number, number][]
    const copies = base[index] as number
    if (deployment === null && !isHeadroom) builder.row(`growing ${id}`, 0, Infinity, [...entries, [growth, -copies]])
    else builder.row(`growing ${id}`, copies, copies, index === deployment ? [...entries, [growth, -1]] : entries)
  }
}

/** A copy may start on a kind of node, or runs on one of them already. */
function mayHost(instance: Instance, deployment: number, nodes: readonly InstanceNode[]): boolean {
  return (
    mayStart(instance, deployment, (nodes[0] as InstanceNode).index) ||
    nodes.some((node) => node.copies.some((copy) => instance.copies[copy]?.deployment === deployment))
  )
}
