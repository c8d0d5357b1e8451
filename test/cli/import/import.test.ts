import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { stringify } from 'yaml'
import { parseProblem } from '../../../models/contract/parse.js'
import { freshPath, runCommand } from '../run-command.js'
import { cluster, node, pod, printed } from './kubernetes-objects.js'

const fixture = (name: string) => fileURLToPath(new URL(`../../../fixtures/${name}`, import.meta.url))
const RAY_SNAPSHOT = fixture('ray/ray-snapshot-example.json')
const RAY_OVERRIDES = fixture('ray/ray-snapshot-example.overrides.yaml')

const kubernetes = (input: string, ...options: string[]) =>
  runCommand(['import', 'kubernetes', '-', '--price', 'm5.large=0.096', ...options], { input })

test('what kubectl prints goes in, a Problem comes out, and the report is talk', async () => {
  const { code, stdout, stderr } = await kubernetes(printed(...cluster), '--name', 'small')
  expect(code).toBe(0)
  const problem = parseProblem(JSON.parse(stdout))
  expect(problem.name).toBe('small')
  expect(problem.nodes.map(({ id, costPerHour }) => [id, costPerHour])).toEqual([
    ['a', 0.096],
    ['b', 0.096]
  ])
  expect(problem.replicas).toHaveLength(2)
  expect(stderr).toMatch(/^Kubernetes snapshot\n {2}read: 2 Nodes, 2 Pods\n/)
  expect(stderr).toContain('m5.large  0.096  as --price says')
})

test('import k8s is import kubernetes', async () => {
  const args = ['-', '--price', 'm5.large=0.096', '-q']
  const { code, stdout } = await runCommand(['import', 'k8s', ...args], { input: text })
  expect(code).toBe(0)
  expect(stdout).toBe((await kubernetes(text, '-q')).stdout)
})

test('through a pipe it is planned, and a node is released', async () => {
  const { stdout } = await kubernetes(printed(...cluster), '-q')
  const planned = await runCommand(['plan', '-', '--json', '-q'], { input: stdout })
  expect(planned.code).toBe(0)
  expect(JSON.parse(planned.stdout).releasedNodes).toHaveLength(1)
})

test('YAML of several documents, and files one after the other, say the same', async () => {
  const whole = await kubernetes(printed(...cluster), '-q')
  const yaml = await kubernetes(cluster.map((object) => stringify(object)).join('---\n'), '-q')
  const calls = await kubernetes(`${printed(...cluster.slice(0, 2))}\n${printed(...cluster.slice(2))}\n`, '-q')
  expect(yaml.stdout).toBe(whole.stdout)
  expect(calls.stdout).toBe(whole.stdout)
  // Warnings are never talk.
  expect(whole.stderr).toMatch(/^Warnings\n {2}Snapshot default: all 2 pods are of the namespace default/)
  expect(whole.stderr).not.toContain('read: ')
})

test('Problem and report go into files, whole', async () => {
  const [output, report] = [freshPath('cluster.json'), freshPath('report.json')]
  const { code, stdout } = await kubernetes(printed(...cluster), '-o', output, '--report', report)
  expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
  expect(parseProblem(JSON.parse(readFileSync(output, 'utf8'))).nodes).toHaveLength(2)
  expect(JSON.parse(readFileSync(report, 'utf8'))).toMatchObject({
    source: 'kubernetes',
    read: { Node: 2, Pod: 2 },
    imported: { nodes: 2, deployments: 1, replicas: 2 }
  })
})

test('no file that is read is overwritten', async () => {
  const path = freshPath('snapshot.json')
  writeFileSync(path, printed(...cluster))
  const { code, stderr } = await runCommand(['import', 'kubernetes', path, '-o', path])
  expect(code).toBe(2)
  expect(stderr).toContain(`-o would overwrite ${path}`)
})

const text = printed(...cluster)

test.each<[what: string, input: string, said: RegExp]>([
  ['a text that was cut off', text.slice(0, -40), /standard input: line \d+, column \d+: found the end of the file/],
  ['nothing', ' \n', /standard input: found nothing in it/],
  ['a list of another kind', printed({ kind: 'Service', metadata: { name: 's' } }), /no Node.*\n?.*kubectl get nodes/],
  ['pods without nodes', printed(...cluster.slice(2)), /no Node[\s\S]*kubectl get nodes/],
  [
    'a pod on an unknown node',
    printed(...cluster, pod('web-5d4f-3', 'gone')),
    /items\[4\]\.spec\.nodeName: found "gone"[\s\S]*leave-out/
  ],
  [
    'a unit that there is not',
    printed(...cluster, pod('web-5d4f-3', 'a', { cpu: '2cores' })),
    /requests\.cpu: found "2cores"/
  ],
  ['a node without room for anything', printed(node('a', { cpu: 'plenty' })), /allocatable\.cpu: found "plenty"/],
  ['no cluster at all', '[1, 2]', /\[0\]: found 1, expected an object with "kind"/],
  ['a Problem', '{"schemaVersion":1,"nodes":[],"deployments":[],"replicas":[]}', /looks like a Problem/],
  ['a price that nobody knows', printed({ ...node('a'), metadata: { name: 'a' } }), /no price/]
])('%s is refused with exit code 2, its place and a way out, and leaves nothing behind', async (_, input, said) => {
  const [output, report] = [freshPath('cluster.json'), freshPath('report.json')]
  const { code, stdout, stderr } = await kubernetes(input, '-o', output, '--report', report)
  expect(stderr).toMatch(/^replica-compactor: /)
  expect(stderr).toMatch(said)
  expect(stderr).not.toMatch(/\n {4}at /)
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect([output, report].filter((path) => existsSync(path))).toEqual([])
})

test.each([
  ['kubernetes', [], text],
  ['ray', ['--overrides', RAY_OVERRIDES], readFileSync(RAY_SNAPSHOT, 'utf8')]
])('import %s names the catalogue whose prices are none', async (system, more, input) => {
  const catalogue = freshPath('prices.csv')
  writeFileSync(catalogue, 'name,vcpu,memGiB,priceOnDemand\nm5.large,2,8,cheap\n')
  const args = ['import', system, '-', '--catalogue', catalogue, ...more]
  const { code, stdout, stderr } = await runCommand(args, { input })
  expect(stderr).toContain(
    `replica-compactor: ${catalogue}: catalogue: row 2, column priceOnDemand: found "cheap", expected a number: money per hour`
  )
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
})

test('requests above what a node has are imported as they are, and said', async () => {
  const { code, stdout, stderr } = await kubernetes(printed(node('a'), node('b'), pod('web-5d4f-1', 'a', { cpu: '3' })))
  expect(code).toBe(0)
  expect(parseProblem(JSON.parse(stdout)).replicas).toHaveLength(1)
  expect(stderr).toMatch(/Node a: /)
})

test('overrides in more than one document are refused, none dropped', async () => {
  const overrides = freshPath('overrides.yaml')
  writeFileSync(overrides, 'defaults: {placementGroup: none}\n---\nnodes: {a: {costPerHour: 5}}\n')
  const { code, stderr } = await runCommand(['import', 'ray', '-', '--overrides', overrides], { input: '{}' })
  expect(code).toBe(2)
  expect(stderr).toContain(`${overrides}, document 2: found one more document`)
})

test.each([
  [['import'], /Commands:/],
  [['import', 'nomad', 'x.json'], /unknown command 'nomad'/],
  [['import', 'kubernetes'], /missing required argument 'FILES'/],
  [['import', 'kubernetes', '-', '--price', 'm5.large'], /Expected TYPE=MONEY/],
  [['import', 'kubernetes', '-', '--price', 'm5.large=free'], /Expected a number/],
  [['import', 'kubernetes', '-', '--local-storage', 'lose'], /Allowed choices are pin, move/],
  [['import', 'ray', '-', '--overrides', '-'], /found "-" twice/],
  [['import', 'kubernetes', 'no-such-file.json'], /no-such-file\.json: there is no such file/]
])('%j is wrong usage', async (args, said) => {
  const { code, stderr } = await runCommand(args)
  expect(code).toBe(2)
  expect(stderr).toMatch(said)
})
