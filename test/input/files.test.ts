import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { describe, expect, test } from 'vitest'
import { freshPath, runCommand } from '../cli/run-command.js'
import { validProblem } from './valid-problem.js'

async function planFile(name: string, content: string | Uint8Array, ...options: string[]) {
  const path = freshPath(name)
  writeFileSync(path, content)
  const outcome = await runCommand(['plan', path, '-q', ...options])
  expect(outcome.stderr).not.toMatch(/^\s+at |RangeError|TypeError|fault of replica-compactor/m)
  return { ...outcome, stderr: outcome.stderr.replaceAll(path, name) }
}

const empty = { schemaVersion: 1, nodes: [], deployments: [], replicas: [] }
const idle = { ...empty, nodes: [{ id: 'n', capacity: {}, costPerHour: 1 }], deployments: [{ id: 'd', demand: {} }] }

describe('a file that is no Problem: exit code 2 and one message with place, found, expected', () => {
  test.each<[string, string | Uint8Array, string]>([
    ['ten-megabytes.json', 'x'.repeat(10_000_000), 'line 1, column 1: found xxxx'],
    ['unclosed.json', `{"name": "${'x'.repeat(10_000_000)}`, 'line 1, column 10: found a string with'],
    [
      'deep-list.json',
      '['.repeat(100_000) + ']'.repeat(100_000),
      'the whole file: found a list of 1, expected a Problem { schemaVersion, nodes, deployments, replicas }'
    ],
    [
      'deep-mapping.json',
      `${'{"nodes":'.repeat(100_000)}1${'}'.repeat(100_000)}`,
      'nodes: found a mapping, expected a list'
    ],
    ['deep.yaml', '['.repeat(100_000), 'deep.yaml: line 1, column '],
    ['infinite.json', '{"schemaVersion": 1e999}', 'schemaVersion: found Infinity, expected 1'],
    ['tabs.yaml', 'nodes:\n\t- id: a\n', 'line 2, column 1: '],
    ['comment.yaml', '# nothing\n', 'the whole file: found null, expected a Problem'],
    ['zeros.json', new Uint8Array(1000), 'line 1, column 1: found "\\u0000", expected a value'],
    ['big-endian.json', new Uint8Array([0xfe, 0xff, 0, 0x7b, 0, 0x7d]), 'found bytes that are not UTF-8'],
    ['no-nodes.json', JSON.stringify(empty), 'nodes: found an empty list, expected at least one node'],
    ['no-replicas.json', JSON.stringify(idle), 'replicas: found an empty list, expected at least one replica'],
    [
      'too-many.json',
      JSON.stringify({ ...idle, deployments: [{ id: 'd', demand: {}, replicas: 1e9 }] }),
      'deployments[0].replicas: found 1000000000, expected at most 1000000 replicas'
    ]
  ])('%s', async (name, content, expected) => {
    const { code, stdout, stderr } = await planFile(name, content)
    expect(stderr).toContain(expected)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  })

  test('a file that may not be read', async () => {
    const path = freshPath('secret.json')
    writeFileSync(path, '{}')
    chmodSync(path, 0)
    const { code, stderr } = await runCommand(['plan', path])
    expect(code).toBe(2)
    // Who may read everything finds what is missing in it.
    expect(stderr).toMatch(process.getuid?.() === 0 ? /schemaVersion: found nothing/ : /permission denied/)
  })

  test('a folder with the name of a file, and a file in the place of a folder', async () => {
    const path = freshPath('folder.json')
    mkdirSync(path)
    expect(await runCommand(['plan', path])).toMatchObject({ code: 2 })
    writeFileSync(`${dirname(path)}/file`, '')
    const { code, stderr } = await runCommand(['plan', `${dirname(path)}/file/problem.json`])
    expect(code).toBe(2)
    expect(stderr).toContain('a part of the path is a file')
  })
})

test('a Problem that cannot be satisfied: exit code 3 and the parts', async () => {
  const asking = {
    ...idle,
    nodes: [{ id: 'n', capacity: { gpu: 4 }, costPerHour: 1 }],
    deployments: [{ id: 'd', demand: { gpu: 8 }, replicas: 1 }]
  }
  const { code, stdout } = await planFile('large.json', JSON.stringify(asking))
  expect(stdout).toContain('deployments[0].demand.gpu: 8 gpu asked, the largest node has 4')
  expect(code).toBe(3)
})

test('one millisecond on a valid Problem gives a checked answer', async () => {
  const { code, stdout } = await planFile(
    'valid.json',
    JSON.stringify(validProblem()),
    '--time-limit',
    '0.001',
    '--json'
  )
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({ primalStatus: 'feasible' })
})
