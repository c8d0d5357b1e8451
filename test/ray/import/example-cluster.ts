import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import type { NamedDocument } from '../../../src/adapters/named-document.js'
import type { RaySnapshot } from '../../../src/adapters/ray/import/payloads/documents.js'

/** A file of the Ray fixtures as a document. */
export function readFixture(name: string): NamedDocument {
  const text = readFileSync(new URL(`../../../fixtures/ray/${name}`, import.meta.url), 'utf8')
  return { name, value: name.endsWith('.json') ? JSON.parse(text) : parse(text) }
}

/** The example cluster with all that has to be said of it. */
export function exampleSnapshot(): RaySnapshot {
  return {
    documents: [readFixture('ray-snapshot-example.json')],
    overrides: readFixture('ray-snapshot-example.overrides.yaml')
  }
}
