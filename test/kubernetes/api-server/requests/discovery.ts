import { apiVersionOf, RESOURCES, type Resource, VERBS } from '../objects/resources.js'

const AGGREGATED = /application\/json;[^,]*as=APIGroupDiscoveryList/

interface Answer {
  readonly body: object
  readonly type?: string
}

/** What the server keeps, as clients ask before anything else: `/version`, `/api`, `/apis` and the lists below; null: another path. */
export function answerDiscovery(path: string, accept: string, minor: number): Answer | null {
  if (path === '/version') {
    const gitVersion = `v1.${minor}.0`
    return { body: { major: '1', minor: String(minor), gitVersion, platform: 'linux/amd64', goVersion: 'go1.22' } }
  }
  const isCore = path === '/api'
  if (isCore || path === '/apis') {
    if (AGGREGATED.test(accept)) return aggregated(isCore, accept)
    return {
      body: isCore
        ? { kind: 'APIVersions', versions: ['v1'] }
        : { kind: 'APIGroupList', apiVersion: 'v1', groups: groups() }
    }
  }
  const [, version = ''] = /^\/apis?\/((?:[a-z.]+\/)?v\d)$/.exec(path) ?? []
  const found = RESOURCES.filter((resource) => apiVersionOf(resource) === version)
  if (found.length === 0 || path !== `${version === 'v1' ? '/api' : '/apis'}/${version}`) return null
  const resources = found.flatMap(listed)
  return { body: { kind: 'APIResourceList', apiVersion: 'v1', groupVersion: version, resources } }
}

function groups(): object[] {
  return groupNames(false).map((name) => {
    const { version } = RESOURCES.find(({ group }) => group === name) as Resource
    const own = { groupVersion: `${name}/${version}`, version }
    return { name, versions: [own], preferredVersion: own }
  })
}

function groupNames(isCore: boolean): string[] {
  return [...new Set(RESOURCES.map(({ group }) => group))].filter((group) => (group === '') === isCore)
}

function listed(resource: Resource): object[] {
  const { plural: name, singular: singularName, namespaced, kind, shortNames, subresources } = resource
  return [
    { name, singularName, namespaced, kind, verbs: VERBS, shortNames, categories: ['all'] },
    ...subresources.map((sub) => ({
      name: `${name}/${sub.name}`,
      singularName: '',
      namespaced,
      kind: sub.kind,
      ...(sub.group === undefined ? {} : { group: sub.group, version: sub.version }),
      verbs: sub.verbs
    }))
  ]
}

/** All of it in one answer, as newer clients ask for. */
function aggregated(isCore: boolean, accept: string): Answer {
  const version = /v=v2(?!b)/.test(accept) ? 'v2' : 'v2beta1'
  const items = groupNames(isCore).map((group) => {
    const own = RESOURCES.filter((resource) => resource.group === group)
    const [first] = own as [Resource, ...Resource[]]
    const resources = own.map((resource) => ({
      resource: resource.plural,
      responseKind: { group, version: resource.version, kind: resource.kind },
      scope: resource.namespaced ? 'Namespaced' : 'Cluster',
      singularResource: resource.singular,
      verbs: VERBS,
      shortNames: resource.shortNames,
      subresources: resource.subresources.map((sub) => ({
        subresource: sub.name,
        responseKind: { group: sub.group ?? group, version: sub.version ?? resource.version, kind: sub.kind },
        verbs: sub.verbs
      }))
    }))
    return {
      metadata: isCore ? {} : { name: group },
      versions: [{ version: first.version, freshness: 'Current', resources }]
    }
  })
  return {
    body: { kind: 'APIGroupDiscoveryList', apiVersion: `apidiscovery.k8s.io/${version}`, metadata: {}, items },
    type: `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`
  }
}
