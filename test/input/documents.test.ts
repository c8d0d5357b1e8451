import { describe, expect, test } from 'vitest'
import { readDocuments } from '../../src/input/read-text.js'
import { TextFault } from '../../src/input/text-fault.js'

describe('values of JSON one after another', () => {
  test('are each a document', async () => {
    expect(await readDocuments('a.json', '{"a": 1}\n{"b": [2]}\n\n[3]\n')).toEqual([{ a: 1 }, { b: [2] }, [3]])
    expect(await readDocuments('-', '{"a": 1}{"b": 2}')).toEqual([{ a: 1 }, { b: 2 }])
  })

  test('and a single one is one', async () => {
    expect(await readDocuments('a.json', ' {"a": 1} ')).toEqual([{ a: 1 }])
  })

  test.each([
    ['{"a": 1}\n{"b": ', /line 2, column 7: found the end of the file/],
    ['{"a": 1}\n{"b": 1, "b": 2}', /line 2, column 10: found the key "b" again/],
    ['{"a": 1}\ngarbage', /line 2, column 1/],
    ['{"a": 1},\n{"b": 2}', /line 1, column 9/]
  ])('%j is refused where it ends being JSON', async (text, message) => {
    const read = readDocuments('a.json', text)
    await expect(read).rejects.toThrow(TextFault)
    await expect(read).rejects.toThrow(message)
  })
})

describe('documents of YAML', () => {
  test('stand between lines of ---, and empty ones are none', async () => {
    expect(await readDocuments('a.yaml', 'a: 1\n---\n---\n# nothing\n---\nb: [2]\n')).toEqual([{ a: 1 }, { b: [2] }])
    expect(await readDocuments('a.yaml', '')).toEqual([])
  })

  test('are refused where one is none', async () => {
    await expect(readDocuments('a.yaml', 'a: 1\n---\nb: [2\n')).rejects.toThrow(/line [34]/)
  })

  test('may share values by aliases, and are refused where one holds itself', async () => {
    expect(await readDocuments('a.yaml', 'a: &x [1]\nb: *x\nc: {d: *x}\n')).toEqual([{ a: [1], b: [1], c: { d: [1] } }])
    for (const text of ['&a [*a, *a]', 'a: &a {b: [*a]}', 'a: &a\n  b: &b [*a]\n  c: *b\n']) {
      await expect(readDocuments('a.yaml', text)).rejects.toThrow('holds itself through an alias')
    }
  })
})
