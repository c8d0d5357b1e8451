import type { Instance, InstanceNode } from '../../models/instance/instance.js'
import { PackingState } from '../../src/search/packing-state.js'

/** A cluster when these replicas, running or pending, are on these nodes and all others that run are where they were. */
export function moved(instance: Instance, homes: Readonly<Record<string, string>>): PackingState {
  const state = new PackingState(instance)
  for (const { id, index } of instance.copies) if (Object.hasOwn(homes, id)) state.leave(index)
  for (const [id, home] of Object.entries(homes)) {
    const copy = instance.copies.find((candidate) => candidate.id === id)
    const deployment = copy?.deployment ?? instance.deployments.findIndex(({ pending }) => pending.includes(id))
    state.arrive(deployment, (instance.nodes.find((node) => node.id === home) as InstanceNode).index)
  }
  return state
}
