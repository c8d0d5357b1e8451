import { readFileSync, writeFileSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import { freshPath, QUICKSTART, runCommand } from './run-command.js'

let result: string
beforeAll(async () => {
  result = freshPath('result.json')
  expect((await runCommand(['plan', QUICKSTART, '-q', '-o', result])).code).toBe(0)
})

const infeasible = {
  schemaVersion: 1,
  nodes: [{ id: 'a', capacity: { gpu: 1 }, costPerHour: 2 }],
  deployments: [{ id: 'chat', replicas: 2, demand: { gpu: 1 } }],
  replicas: [{ id: 'chat-0', deployment: 'chat', node: 'a' }]
}

test('tells what keeps a node, and the change that frees it with what it saves', async () => {
  const { code, stdout, stderr } = await runCommand(['why', QUICKSTART, result, '--node', 'small-2', '-q'])
  expect(stderr).toBe('')
  expect(stdout).toMatch(
    /^small-2 {2}0\.80 an hour\n\n {2}It stays: no cheaper placement does without it\. It hosts \d+ replicas\.\n/
  )
  expect(stdout).toContain('nodes[1].capacity.gpu: 1 more gpu on "large-2" (5, not 4); less is proven not to do\n')
  expect(stdout).toContain('saves 0.80 an hour, 16.18 in all,')
  expect(code).toBe(0)
})

test('tells how a node came to be released', async () => {
  const { code, stdout } = await runCommand(['why', QUICKSTART, result, '--node', 'large-1', '-q'])
  expect(stdout).toMatch(/^large-1 {2}14\.70 an hour\n\n {2}It is released: 1 replica left it for large-2\.\n/)
  expect(code).toBe(0)
})

test('tells what a move is for, and what staying would cost', async () => {
  const { code, stdout } = await runCommand(['why', QUICKSTART, result, '--replica', 'chat-0', '-q'])
  expect(stdout).toContain('It moves from large-1 to large-2.\n  It moves so that large-1 is empty in the end')
  expect(stdout).toContain('To keep it where it runs\n  Set movable: false.')
  expect(code).toBe(0)
})

test('without either, groups the nodes that stay', async () => {
  const { code, stdout } = await runCommand(['why', QUICKSTART, result, '-q'])
  expect(stdout).toMatch(/^Nodes that stay\n {2}nodes {2}stay +an hour {2}in the way\n {6}3 {2}without room elsewhere/)
  expect(stdout).toContain('4 nodes looked at')
  expect(code).toBe(0)
})

test('prints and writes the answer as JSON', async () => {
  const output = freshPath('why.json')
  const { code, stdout } = await runCommand([
    'why',
    QUICKSTART,
    result,
    '--node',
    'cpu-1',
    '--json',
    '-q',
    '-o',
    output
  ])
  const answer = JSON.parse(stdout)
  expect(answer).toMatchObject({
    schemaVersion: 1,
    kind: 'why-node',
    problem: { fingerprint: expect.stringMatching(/^sha256:/) },
    node: 'cpu-1',
    reason: { code: 'not-releasable' },
    changes: [{ kind: 'releasable', edits: [{ path: 'nodes[5].releasable', from: false, to: true }] }]
  })
  expect(JSON.parse(readFileSync(output, 'utf8'))).toEqual(answer)
  expect(code).toBe(0)
})

test('of a problem without an answer tells the conflict and the ways out, with exit code 3', async () => {
  const [problem, nothing] = [freshPath('problem.json'), freshPath('nothing.json')]
  writeFileSync(problem, JSON.stringify(infeasible))
  expect((await runCommand(['plan', problem, '-q', '-o', nothing])).code).toBe(3)
  const { code, stdout } = await runCommand(['why', problem, nothing, '-q'])
  expect(stdout).toMatch(
    /^This cannot hold with the nodes as they are\n {2}deployments\[0\]\.replicas: 2 replicas wanted/
  )
  expect(stdout).toContain('nodes[0].capacity.gpu: 1 more gpu on "a" (2, not 1); less is proven not to do\n')
  expect(stdout).toContain('the cluster then costs 2.00 an hour')
  expect(code).toBe(3)
})

test('wrong names and files are wrong input', async () => {
  const near = await runCommand(['why', QUICKSTART, result, '--node', 'large-3', '-q'])
  expect(near.stderr).toContain('--node large-3: expected the id of a node: "large-1", "large-2"')
  expect(near.code).toBe(2)
  expect((await runCommand(['why', QUICKSTART, result, '--node', 'a', '--replica', 'b'])).code).toBe(2)
  expect((await runCommand(['why', QUICKSTART])).code).toBe(2)
  const other = freshPath('other.json')
  writeFileSync(other, JSON.stringify(infeasible))
  const wrong = await runCommand(['why', other, result, '-q'])
  expect(wrong.stderr).toContain('made for another Problem')
  expect(wrong.stderr).toContain(`${result}: `)
  expect(wrong.code).toBe(2)
})
