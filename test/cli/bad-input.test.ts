import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseProblem } from '../../models/contract/parse.js'
import { UsageError } from '../../src/cli/failure.js'
import { readInput } from '../../src/cli/input-file.js'
import { makeFolder } from '../scratch-folder.js'
import { runCommand } from './run-command.js'

const folder = makeFolder()

async function messageFor(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name)
  writeFileSync(path, content)
  const error = await readInput(path, parseProblem).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(UsageError)
  return (error as UsageError).message.replace(path, name)
}

describe('a file that cannot be used', () => {
  test.each([
    [
      'syntax.json',
      '{"a": 1,\n "b": [1, 2,]}',
      'syntax.json: line 2, column 13: found ] after a comma, expected a value\n'
    ],
    ['twice.json', '{"nodes": [], "nodes": []}', 'line 1, column 15: found the key "nodes" again'],
    ['syntax.yaml', 'a: 1\nb: [1', 'syntax.yaml: line 2, column '],
    ['twice.yaml', 'a: 1\na: 2\n', 'twice.yaml: line 2, column 1: Map keys must be unique\n  2 | a: 2\n    | ^'],
    ['tag.yaml', 'a: !!js/function x\n', 'tag.yaml: line 1, column 4: Unresolved tag'],
    ['several.yaml', 'a: 1\n---\nb: 2\n', 'several.yaml: line 2, column 1: '],
    [
      'deep.yaml',
      `x: ${'['.repeat(20_000)}${']'.repeat(20_000)}`,
      /^deep.yaml: line 1, .*found a value nested too deeply/
    ],
    ['list.yml', '- 1\n- 2\n', 'problem: the whole file: found [1, 2], expected a Problem {'],
    ['scalar.yaml', 'hello', 'the whole file: found "hello", expected a Problem {'],
    ['empty.json', ' \n', 'empty.json: found nothing in it, expected a mapping'],
    ['binary.json', new Uint8Array([0x7b, 0xc3, 0x28]), 'found bytes that are not UTF-8']
  ])('%s', async (name, content, expected) => {
    expect(await messageFor(name, content)).toEqual(
      typeof expected === 'string' ? expect.stringContaining(expected) : expect.stringMatching(expected)
    )
  })

  test('numbers that are not finite are named with their path', async () => {
    const message = await messageFor(
      'numbers.yaml',
      'schemaVersion: 1\nnodes: [{ id: a, capacity: { cpu: .inf }, costPerHour: .nan }]\ndeployments: []\nreplicas: []'
    )
    expect(message).toContain('nodes[0].capacity.cpu: found Infinity, expected a finite number')
    expect(message).toContain('nodes[0].costPerHour: found NaN, expected a finite number')
  })

  test('aliases that multiply are refused', async () => {
    const levels = Array.from(
      { length: 12 },
      (_, level) => `l${level + 1}: &l${level + 1} [${`*l${level}, `.repeat(9)}]`
    )
    expect(await messageFor('bomb.yaml', `l0: &l0 [x]\n${levels.join('\n')}\n`)).toContain('alias count')
  })

  test('the command says so in one message with exit code 2 and no stack', async () => {
    const unknownKey = await runCommand(['plan', '-'], { input: 'schemaVersion: 1\nbugdet: {}\n' })
    expect(unknownKey).toMatchObject({ code: 2, stdout: '' })
    expect(unknownKey.stderr).toContain('replica-compactor: standard input: problem:\n')
    expect(unknownKey.stderr).toContain('bugdet: found an unknown key')
    expect(unknownKey.stderr).not.toMatch(/^\s+at /m)
  })

  test('a file that is not there, and a folder', async () => {
    expect(await runCommand(['plan', 'no-such-file.json'])).toEqual({
      code: 2,
      stdout: '',
      stderr: 'replica-compactor: no-such-file.json: there is no such file or folder\n'
    })
    expect((await runCommand(['plan', folder])).stderr).toContain('this is a folder, not a file')
  })
})
