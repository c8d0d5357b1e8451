import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readInput } from '../../src/cli/input-file.js'
import { makeFolder } from '../scratch-folder.js'

const folder = makeFolder()

async function read(name: string, content: string | Uint8Array): Promise<unknown> {
  const path = join(folder, name)
  writeFileSync(path, content)
  return readInput(path, (value) => value)
}

const expected = { name: 'a', nodes: [{ id: 'n' }] }

test.each([
  ['plain.json', '{"name": "a", "nodes": [{"id": "n"}]}'],
  ['plain.yaml', 'name: a\nnodes:\n  - id: n\n'],
  ['json-inside.yml', '{"name": "a", "nodes": [{"id": "n"}]}'],
  ['unknown-ending.txt', '\n {"name": "a", "nodes": [{"id": "n"}]}'],
  ['no-ending', 'name: a\nnodes: [{ id: n }]'],
  ['byte-order-mark.json', '\ufeff{"name": "a", "nodes": [{"id": "n"}]}'],
  ['byte-order-mark.yaml', '\ufeffname: a\nnodes: [{ id: n }]'],
  ['utf-16.json', Buffer.from('\ufeff{"name": "a", "nodes": [{"id": "n"}]}', 'utf16le')]
])('%s', async (name, content) => {
  expect(await read(name, content)).toEqual(expected)
})

test('anchors may be shared', async () => {
  const nodes = Array.from({ length: 500 }, (_, index) => `  - { id: n${index}, labels: *zone }`)
  const value = await read('anchors.yaml', `zone: &zone { zone: a }\nnodes:\n${nodes.join('\n')}\n`)
  expect(value).toHaveProperty('nodes[499].labels', { zone: 'a' })
})

test('times and words stay the texts that they are', async () => {
  expect(await read('words.yaml', 'takenAt: 2026-11-01T00:00:00Z\nanswer: yes\n')).toEqual({
    takenAt: '2026-11-01T00:00:00Z',
    answer: 'yes'
  })
})

test.each(['proto.json', 'proto.yaml'])('%s: a name such as __proto__ is a name', async (name) => {
  const value = (await read(name, '{"__proto__": {"cpu": 1}}')) as object
  expect(Object.hasOwn(value, '__proto__')).toBe(true)
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
})
