import type { KubeObject } from './objects.js'
import type { Resource } from './resources.js'
import { ApiError } from './status.js'

export interface StoreEvent {
  readonly resource: string
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'
  readonly object: KubeObject
  readonly revision: number
}

/** Objects by resource and name, each change with a revision of its own. What goes in and out is a copy. */
export class Store {
  readonly events: StoreEvent[] = []
  #revision = 100
  #number = 0
  readonly #objects = new Map<string, Map<string, KubeObject>>()
  readonly #listeners = new Set<(event: StoreEvent) => void>()

  /** `now`: the time, in ISO 8601. */
  constructor(private readonly now: () => string) {}

  get revision(): number {
    return this.#revision
  }

  list<Kind extends KubeObject>({ plural }: Resource, namespace?: string): Kind[] {
    const all = [...(this.#objects.get(plural)?.values() ?? [])]
    const within = namespace === undefined ? all : all.filter(({ metadata }) => metadata.namespace === namespace)
    return within.map((object) => structuredClone(object) as Kind)
  }

  find<Kind extends KubeObject>({ plural }: Resource, namespace: string | undefined, name: string): Kind | undefined {
    const object = this.#objects.get(plural)?.get(keyOf({ namespace, name }))
    return object && (structuredClone(object) as Kind)
  }

  get<Kind extends KubeObject>(resource: Resource, namespace: string | undefined, name: string): Kind {
    const found = this.find<Kind>(resource, namespace, name)
    if (found === undefined) throw ApiError.notFound(resource, name)
    return found
  }

  create<Kind extends KubeObject>(resource: Resource, given: Kind): Kind {
    const object = structuredClone(given)
    const key = keyOf(object.metadata)
    if (this.#objects.get(resource.plural)?.has(key) === true)
      throw ApiError.alreadyExists(resource, object.metadata.name)
    object.metadata.uid = `00000000-0000-4000-8000-${String(++this.#number).padStart(12, '0')}`
    object.metadata.creationTimestamp = this.now()
    object.metadata.generation = 1
    this.#put(resource, key, object, 'ADDED')
    return structuredClone(object)
  }

  /** Writes an object that was read before. Throws a conflict where it was changed since, unless it states no version. */
  replace<Kind extends KubeObject>(resource: Resource, given: Kind): Kind {
    const object = structuredClone(given)
    const key = keyOf(object.metadata)
    const former = this.#objects.get(resource.plural)?.get(key)
    if (former === undefined) throw ApiError.notFound(resource, object.metadata.name)
    const stated = object.metadata.resourceVersion
    if (stated !== undefined && stated !== '' && stated !== former.metadata.resourceVersion) {
      throw ApiError.conflict(resource, object.metadata.name)
    }
    const { uid, creationTimestamp, generation = 1, resourceVersion } = former.metadata
    const isSame = JSON.stringify(former.spec) === JSON.stringify(object.spec)
    Object.assign(object.metadata, {
      uid,
      creationTimestamp,
      resourceVersion,
      generation: isSame ? generation : generation + 1
    })
    if (JSON.stringify(former) === JSON.stringify(object)) return object
    this.#put(resource, key, object, 'MODIFIED')
    return structuredClone(object)
  }

  /** Changes an object in place, where it is there. */
  change<Kind extends KubeObject>(resource: Resource, { metadata }: KubeObject, edit: (draft: Kind) => void): void {
    const draft = this.find<Kind>(resource, metadata.namespace, metadata.name)
    if (draft === undefined) return
    edit(draft)
    this.replace(resource, draft)
  }

  remove(resource: Resource, { metadata }: KubeObject): void {
    const objects = this.#objects.get(resource.plural)
    const key = keyOf(metadata)
    const object = objects?.get(key)
    if (object === undefined) return
    objects?.delete(key)
    this.#tell(resource, 'DELETED', object)
  }

  /** Told of every change, until the returned function is called. */
  subscribe(listener: (event: StoreEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #put(resource: Resource, key: string, object: KubeObject, type: StoreEvent['type']): void {
    const objects = this.#objects.get(resource.plural) ?? new Map<string, KubeObject>()
    this.#objects.set(resource.plural, objects)
    objects.set(key, object)
    this.#tell(resource, type, object)
  }

  #tell({ plural }: Resource, type: StoreEvent['type'], object: KubeObject): void {
    const revision = ++this.#revision
    object.metadata.resourceVersion = String(revision)
    const event = { resource: plural, type, object: structuredClone(object), revision }
    this.events.push(event)
    for (const listener of [...this.#listeners]) listener(event)
  }
}

function keyOf({ namespace = '', name }: { readonly namespace?: string | undefined; readonly name: string }): string {
  return `${namespace}/${name}`
}
