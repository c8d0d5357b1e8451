import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { beforeAll, expect, test } from 'vitest'
import { freshPath, runCommand } from './run-command.js'

const fixture = (name: string) => fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url))
const [ray, restricted, free] = [freshPath('ray.json'), freshPath('drains.json'), freshPath('result.json')]

beforeAll(async () => {
  const snapshot = fixture('ray/ray-snapshot-example.json')
  const overrides = fixture('ray/ray-snapshot-example.overrides.yaml')
  expect((await runCommand(['import', 'ray', snapshot, '--overrides', overrides, '-q', '-o', ray])).code).toBe(0)
  for (const [output, ...options] of [[restricted, '--executable-on', 'ray'], [free]] as const) {
    const args = ['plan', ray, '--work-limit', '5000', '-q', '-o', output, ...options]
    const { code, stdout } = await runCommand(args)
    expect(code).toBe(0)
    expect(stdout).toContain('--for ray -o drains.sh')
  }
})

test.each([
  ['why', []],
  ['why', ['--node', '10.20.1.11']],
  ['revise', ['--accept-all']],
  ['alternatives', ['chat#Llama70B#l1']]
])('%s %j refuses a plan that is restricted to Ray', async (verb, words) => {
  const { code, stdout, stderr } = await runCommand([verb, ray, restricted, ...words])
  expect(stdout).toBe('')
  expect(stderr).toContain(`${restricted}: `)
  expect(stderr).toContain('made with --executable-on ray')
  expect(code).toBe(2)
})

test('a script of drains says what of the plan it leaves out', async () => {
  const { code, stdout, stderr } = await runCommand(['script', ray, free, '--for', 'ray'])
  expect(code).toBe(0)
  expect(stdout).toMatch(/^#!\/bin\/sh\n/)
  expect(stderr).toMatch(/^\d+ of \d+ steps cannot be expressed in drains and are left out: .* leave nothing out\.\n$/)
  expect((await runCommand(['script', ray, restricted, '--for', 'ray'])).stderr).toBe('')
})

test('a script for another system than the cluster was imported from is refused', async () => {
  const { code, stdout, stderr } = await runCommand(['script', ray, restricted, '--for', 'kubernetes'])
  expect(stderr).toBe(
    `replica-compactor: ${ray}: was imported from Ray Serve, found --for kubernetes, expected --for ray\n`
  )
  expect([code, stdout]).toEqual([2, ''])
  expect(JSON.parse(readFileSync(ray, 'utf8')).source).toBe('Ray Serve')
})

test('a plan for Ray of a cluster of Kubernetes is refused', async () => {
  const problem = freshPath('half-empty.problem.json')
  const snapshot = fixture('kubernetes/half-empty.yaml')
  expect((await runCommand(['import', 'k8s', snapshot, '--unknown-price', '1', '-q', '-o', problem])).code).toBe(0)
  const { code, stdout, stderr } = await runCommand(['plan', problem, '--executable-on', 'ray'])
  expect(stderr).toBe(
    `replica-compactor: ${problem}: was imported from Kubernetes, expected a cluster of Ray Serve: drains of whole nodes are all that stock Ray can carry out (without --executable-on any plan is considered)\n`
  )
  expect([code, stdout]).toEqual([2, ''])
})

test('several documents of YAML in the place of a Problem are called that, with what takes them', async () => {
  const path = freshPath('several.yaml')
  writeFileSync(path, 'kind: Node\n---\nkind: Pod\n')
  const { code, stderr } = await runCommand(['plan', path])
  expect(stderr).toContain(
    'line 2, column 1: found another document, expected one only (import kubernetes takes several)'
  )
  expect(code).toBe(2)
})

test('drains of a cluster of Kubernetes are refused, with what takes its plan', async () => {
  const problem = freshPath('kubernetes.json')
  const result = freshPath('kubernetes.result.json')
  writeFileSync(problem, JSON.stringify({ ...JSON.parse(readFileSync(ray, 'utf8')), source: 'kubernetes' }))
  expect((await runCommand(['plan', problem, '--work-limit', '5000', '-q', '-o', result])).code).toBe(0)
  const { code, stdout, stderr } = await runCommand(['drains', problem, result])
  expect(stderr).toBe(
    `replica-compactor: ${problem}: was imported from Kubernetes, expected a cluster of Ray Serve: drains of whole nodes are all that stock Ray can carry out (script --for kubernetes writes the whole plan)\n`
  )
  expect([code, stdout]).toEqual([2, ''])
})

test.each([
  ['kubernetes', 'kubernetes/honeycomb-pods.json', 'what looks like a snapshot of Kubernetes'],
  ['ray', 'ray/ray-snapshot-example.json', "what looks like an answer of Ray's dashboard"]
])('a Problem that is what %s prints is called that, with the command that takes it', async (system, name, what) => {
  for (const args of [
    ['plan', fixture(name)],
    ['drains', fixture(name), restricted]
  ]) {
    const { code, stdout, stderr } = await runCommand(args)
    expect(stderr).toBe(
      `replica-compactor: ${fixture(name)}: problem: the whole file: found ${what}, expected a Problem { schemaVersion, nodes, deployments, replicas } (replica-compactor import ${system} FILE makes a Problem of it)\n`
    )
    expect([code, stdout]).toEqual([2, ''])
  }
})

test('what Ray does not show is said once, as lines to fill in', async () => {
  const snapshot = fixture('ray/ray-snapshot-example.json')
  const { code, stderr } = await runCommand(['import', 'ray', snapshot, '-q', '-o', freshPath('none.json')])
  expect(stderr).toMatch(/^replica-compactor: Ray does not show .*add --overrides overrides\.yaml:\n\nnodeGroups:\n/)
  expect(stderr.match(/gpu-a10g-4/g)).toHaveLength(1)
  expect(code).toBe(2)
})

test('--movable-controller names what a script of kubectl may evict', async () => {
  const [problem, result] = [freshPath('rollout.json'), freshPath('rollout-result.json')]
  const deployment = { id: 'default/rollout/web', demand: { cpu: 1 }, maxSurge: 0, maxUnavailable: 1 }
  const value = {
    schemaVersion: 1,
    nodes: ['n1', 'n2'].map((id) => ({ id, capacity: { cpu: 4 }, costPerHour: 1 })),
    deployments: [deployment],
    replicas: ['n1', 'n2'].map((node, index) => ({ id: `default/web-${index}`, deployment: deployment.id, node })),
    migration: { rungs: ['stop-first'] }
  }
  writeFileSync(problem, JSON.stringify(value))
  expect((await runCommand(['plan', problem, '--work-limit', '1000', '-q', '-o', result])).code).toBe(0)
  const script = ['script', problem, result]
  const refused = await runCommand([...script, '--for', 'kubernetes'])
  expect([refused.code, refused.stdout]).toEqual([2, ''])
  expect(refused.stderr).toContain('(--movable-controller)')
  const written = await runCommand([...script, '--for', 'kubernetes', '--movable-controller', 'Rollout'])
  expect(written.code).toBe(0)
  expect(written.stdout).toMatch(/'?leave'? '?default'? '?rollout'? '?web'?/)
  const misplaced = await runCommand([...script, '--movable-controller', 'Rollout'])
  expect([misplaced.code, misplaced.stderr]).toEqual([
    2,
    'replica-compactor: --movable-controller: found it without --for kubernetes, whose controllers it names\n'
  ])
})
