/** A kind of object that the server keeps, as discovery tells it. */
export interface Resource {
  readonly group: string
  readonly version: string
  readonly plural: string
  readonly singular: string
  readonly kind: string
  readonly namespaced: boolean
  readonly shortNames: readonly string[]
  readonly subresources: readonly Subresource[]
}

export interface Subresource {
  readonly name: string
  readonly kind: string
  readonly group?: string
  readonly version?: string
  readonly verbs: readonly string[]
}

const STATUS = (kind: string): Subresource => ({ name: 'status', kind, verbs: ['get', 'patch', 'update'] })
const SCALE: Subresource = {
  name: 'scale',
  kind: 'Scale',
  group: 'autoscaling',
  version: 'v1',
  verbs: ['get', 'patch', 'update']
}
const EVICTION: Subresource = { name: 'eviction', kind: 'Eviction', group: 'policy', version: 'v1', verbs: ['create'] }

type Row = [kind: string, shortNames: string[], namespaced: boolean, subresources: Subresource[]]

function resources(group: string, version: string, rows: readonly Row[]): Resource[] {
  return rows.map(([kind, shortNames, namespaced, subresources]) => {
    const singular = kind.toLowerCase()
    const plural = `${singular}s`
    return {
      group,
      version,
      plural,
      singular,
      kind,
      namespaced,
      shortNames,
      subresources: [STATUS(kind), ...subresources]
    }
  })
}

export const RESOURCES: readonly Resource[] = [
  ...resources('', 'v1', [
    ['Namespace', ['ns'], false, []],
    ['Node', ['no'], false, []],
    ['Pod', ['po'], true, [EVICTION]],
    ['Service', ['svc'], true, []],
    ['ReplicationController', ['rc'], true, [SCALE]]
  ]),
  ...resources('apps', 'v1', [
    ['Deployment', ['deploy'], true, [SCALE]],
    ['ReplicaSet', ['rs'], true, [SCALE]],
    ['StatefulSet', ['sts'], true, [SCALE]],
    ['DaemonSet', ['ds'], true, []]
  ]),
  ...resources('batch', 'v1', [['Job', [], true, []]]),
  ...resources('policy', 'v1', [['PodDisruptionBudget', ['pdb'], true, []]]),
  ...resources('autoscaling', 'v2', [['HorizontalPodAutoscaler', ['hpa'], true, []]])
]

export const VERBS = ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'] as const

export function resourceNamed(plural: string): Resource {
  const found = RESOURCES.find((resource) => resource.plural === plural)
  if (found === undefined) throw new Error(`no resource ${plural}`)
  return found
}

export function apiVersionOf({ group, version }: { readonly group: string; readonly version: string }): string {
  return group === '' ? version : `${group}/${version}`
}
