import type { ServerResponse } from 'node:http'
import type { KubeObject } from '../objects/objects.js'
import { apiVersionOf, type Resource } from '../objects/resources.js'
import type { Store, StoreEvent } from '../objects/store.js'
import { toTable } from './tables.js'

export interface WatchQuery {
  readonly resource: Resource
  readonly matches: (object: KubeObject) => boolean
  /** From which revision on; undefined: from what is there, told as added. */
  readonly since: number | undefined
  readonly isTable: boolean
}

/** Tells of every change, a line of JSON each, until the client leaves. */
export function watch(store: Store, response: ServerResponse, query: WatchQuery): void {
  const { resource, matches, since, isTable } = query
  const write = (type: string, object: KubeObject) => {
    const shown = isTable
      ? toTable(resource.plural, [object], { resourceVersion: object.metadata.resourceVersion })
      : object
    response.write(`${JSON.stringify({ type, object: shown })}\n`)
  }
  const tell = ({ resource: plural, type, object }: StoreEvent) => {
    if (plural === resource.plural && matches(object)) write(type, object)
  }
  response.writeHead(200, { 'Content-Type': 'application/json' })
  response.flushHeaders()
  if (since === undefined) {
    for (const object of store.list(resource)) {
      if (matches(object)) write('ADDED', { ...object, apiVersion: apiVersionOf(resource), kind: resource.kind })
    }
  } else for (const event of store.events) if (event.revision > since) tell(event)
  response.on('close', store.subscribe(tell))
}
