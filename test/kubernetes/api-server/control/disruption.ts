import { controllerOf, type DisruptionBudget, isReady, type Pod, type Workload } from '../objects/objects.js'
import { RESOURCES } from '../objects/resources.js'
import { matchesSelector } from '../objects/selectors.js'
import { BUDGETS, PODS, type World } from './world.js'

/** Says in each budget how many disruptions it allows. */
export function syncBudgets({ store }: World): void {
  for (const budget of store.list<DisruptionBudget>(BUDGETS)) {
    const pods = store.list<Pod>(PODS, budget.metadata.namespace).filter(({ metadata, status }) => {
      return matchesSelector(budget.spec.selector, metadata.labels) && !['Succeeded', 'Failed'].includes(status.phase)
    })
    store.change<DisruptionBudget>(BUDGETS, budget, (draft) => {
      const disrupted = Object.fromEntries(
        Object.entries(draft.status?.disruptedPods ?? {}).filter(([name]) =>
          pods.some(({ metadata }) => metadata.name === name && metadata.deletionTimestamp === undefined)
        )
      )
      const healthy = pods.filter(
        (pod) =>
          isReady(pod) && pod.metadata.deletionTimestamp === undefined && !Object.hasOwn(disrupted, pod.metadata.name)
      ).length
      const { minAvailable, maxUnavailable } = draft.spec
      const isCounted = typeof minAvailable === 'number'
      const expected = isCounted ? pods.length : scaleOf(store, pods)
      const desired =
        maxUnavailable === undefined
          ? share(minAvailable ?? 1, expected)
          : Math.max(0, expected - share(maxUnavailable, expected))
      draft.status = {
        currentHealthy: healthy,
        desiredHealthy: desired,
        disruptionsAllowed: expected === 0 ? 0 : Math.max(0, healthy - desired),
        expectedPods: expected,
        observedGeneration: draft.metadata.generation ?? 1,
        ...(Object.keys(disrupted).length === 0 ? {} : { disruptedPods: disrupted })
      }
    })
  }
}

/** The sum of what the controllers of the pods want. */
function scaleOf(store: World['store'], pods: readonly Pod[]): number {
  const owners = new Map<string, Workload>()
  for (const pod of pods) {
    const owner = workloadOf(store, pod)
    if (owner !== undefined) owners.set(owner.metadata.uid ?? '', owner)
  }
  return [...owners.values()].reduce((sum, { spec }) => sum + (spec.replicas ?? 1), 0)
}

function workloadOf(store: World['store'], pod: Pod): Workload | undefined {
  let owner = controllerOf(pod)
  let found: Workload | undefined
  while (owner !== undefined) {
    const { kind } = owner
    const resource = RESOURCES.find((each) => each.kind === kind)
    // Of kinds that are not kept here, what they have made counts.
    if (resource === undefined) return found
    found = store.find<Workload>(resource, pod.metadata.namespace, owner.name)
    owner = found && controllerOf(found)
  }
  return found
}

/** A number, or a percentage rounded up. */
function share(value: number | string, whole: number): number {
  return typeof value === 'number' ? value : Math.ceil((Number.parseFloat(value) / 100) * whole)
}
