import type { ClusterNode, ClusterReplica } from './cluster-state.js'

const SLACK = 1e-6

/**
 * The devices that a raylet gives the bundles of a replica: whole ones that nobody holds a share of, a share on the one device with
 * least sufficient room. null: it cannot, and the actor hangs, whatever the sums say.
 */
export function takeDevices(
  replica: ClusterReplica,
  node: ClusterNode,
  replicas: readonly ClusterReplica[]
): ClusterReplica['devices'] | null {
  const free = new Array<number>(node.resources.GPU ?? 0).fill(1)
  for (const other of replicas.filter((each) => each.node === node)) {
    for (const { index, amount } of other.devices) free[index] = (free[index] as number) - amount
  }
  const taken: { index: number; amount: number }[] = []
  const take = (index: number, amount: number) => {
    free[index] = (free[index] as number) - amount
    taken.push({ index, amount })
  }
  for (const { GPU: amount = 0 } of replica.deployment.bundles) {
    if (amount >= 1) {
      const whole = [...free.keys()].filter((index) => (free[index] as number) > 1 - SLACK)
      if (whole.length < amount) return null
      for (const index of whole.slice(0, amount)) take(index, 1)
    } else if (amount > 0) {
      const fitting = [...free.keys()].filter((index) => (free[index] as number) + SLACK >= amount)
      const [best] = fitting.sort((left, right) => (free[left] as number) - (free[right] as number) || left - right)
      if (best === undefined) return null
      take(best, amount)
    }
  }
  return taken
}
