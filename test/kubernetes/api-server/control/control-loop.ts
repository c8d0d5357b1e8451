import { syncDeployments } from './deployment.js'
import { syncBudgets } from './disruption.js'
import { Kubelets } from './kubelet.js'
import { syncReplicaSets } from './replica-set.js'
import { schedulePods } from './scheduler.js'
import { syncDaemonSets, syncStatefulSets } from './stateful-set.js'
import type { World } from './world.js'

/** How long a controller takes to see a change, at most, in milliseconds. */
const LAG_MS = 40

/** Lets every controller look at the cluster a moment after each change, each in a time of its own. */
export function runControllers(world: World): void {
  const kubelets = new Kubelets(world)
  const controllers = [
    () => syncDeployments(world),
    () => syncReplicaSets(world),
    () => syncStatefulSets(world),
    () => syncDaemonSets(world),
    () => syncBudgets(world),
    () => schedulePods(world),
    () => kubelets.sync()
  ]
  const isDue = controllers.map(() => false)
  const wake = () => {
    for (const [index, sync] of controllers.entries()) {
      if (isDue[index] === true) continue
      isDue[index] = true
      world.clock.after(1 + world.dice() * LAG_MS, () => {
        isDue[index] = false
        sync()
      })
    }
  }
  world.store.subscribe(wake)
  wake()
}
