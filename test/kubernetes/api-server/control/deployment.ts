import { createHash } from 'node:crypto'
import type { Workload } from '../objects/objects.js'
import { DEPLOYMENTS, ownedBy, REPLICA_SETS, type World } from './world.js'

/** Keeps a ReplicaSet for each Deployment; with another template a rollout, one pod at a time, surging by one. */
export function syncDeployments(world: World): void {
  const { store } = world
  for (const deployment of store.list<Workload>(DEPLOYMENTS)) {
    const hash = hashOf(deployment)
    const wanted = deployment.spec.replicas ?? 1
    const owned = ownedBy(deployment, store.list<Workload>(REPLICA_SETS))
    const current =
      owned.find(({ metadata }) => metadata.labels?.['pod-template-hash'] === hash) ??
      store.create(REPLICA_SETS, makeSet(deployment, hash, owned.length === 0 ? wanted : 0))
    const old = owned.filter(({ metadata }) => metadata.uid !== current.metadata.uid)
    const oldWanted = old.reduce((sum, { spec }) => sum + (spec.replicas ?? 0), 0)
    if (deployment.spec.paused !== true) {
      if (oldWanted === 0) setReplicas(world, current, wanted)
      else rollOut(world, current, old, wanted)
    }
    const sets = ownedBy(deployment, store.list<Workload>(REPLICA_SETS))
    const sum = (key: 'replicas' | 'readyReplicas' | 'availableReplicas') =>
      sets.reduce((total, { status }) => total + (status?.[key] ?? 0), 0)
    store.change<Workload>(DEPLOYMENTS, deployment, (draft) => {
      const updated = sets.find(({ metadata }) => metadata.labels?.['pod-template-hash'] === hash)
      draft.status = {
        replicas: sum('replicas'),
        readyReplicas: sum('readyReplicas'),
        availableReplicas: sum('availableReplicas'),
        updatedReplicas: updated?.status?.replicas ?? 0,
        observedGeneration: draft.metadata.generation ?? 1
      }
    })
  }
}

function rollOut(world: World, current: Workload, old: readonly Workload[], wanted: number): void {
  const all = [current, ...old]
  const total = all.reduce((sum, { spec }) => sum + (spec.replicas ?? 0), 0)
  const ready = all.reduce((sum, { status }) => sum + (status?.readyReplicas ?? 0), 0)
  const own = current.spec.replicas ?? 0
  if (own < wanted && total < wanted + 1) setReplicas(world, current, own + 1)
  const leaving = old.find(({ spec }) => (spec.replicas ?? 0) > 0)
  if (leaving !== undefined && ready > wanted) setReplicas(world, leaving, (leaving.spec.replicas ?? 0) - 1)
}

function setReplicas({ store }: World, set: Workload, replicas: number): void {
  store.change<Workload>(REPLICA_SETS, set, (draft) => {
    draft.spec.replicas = replicas
  })
}

function makeSet(deployment: Workload, hash: string, replicas: number): Workload {
  const { metadata, spec } = deployment
  const labels = { ...spec.template.metadata?.labels, 'pod-template-hash': hash }
  const { apiVersion, kind } = deployment
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `${metadata.name}-${hash}`,
      namespace: metadata.namespace ?? 'default',
      labels,
      ownerReferences: [{ apiVersion, kind, name: metadata.name, uid: metadata.uid ?? '', controller: true }]
    },
    spec: {
      replicas,
      selector: { matchLabels: { ...spec.selector.matchLabels, 'pod-template-hash': hash } },
      template: { ...structuredClone(spec.template), metadata: { ...spec.template.metadata, labels } }
    },
    status: {}
  }
}

/** What names a template; the same for the same. */
function hashOf({ spec }: Workload): string {
  return createHash('sha256').update(JSON.stringify(spec.template)).digest('hex').slice(0, 9)
}
