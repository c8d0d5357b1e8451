import { describe, expect, test } from 'vitest'
import { InputError, parseProblem } from '../../models/contract/parse.js'
import type { ProblemInput } from '../../models/contract/problem.js'
import type { Rule } from '../../models/contract/rules.js'
import { verifyResult } from '../../models/verify.js'
import { applyChanges } from '../../src/capacity/changes/apply-changes.js'
import type { ChangeInput } from '../../src/capacity/changes/change.js'
import { formatChange, parseChangeLine } from '../../src/capacity/changes/change-line.js'
import { compact } from '../../src/compact.js'
import { smallCluster } from './small-cluster.js'

const base = parseProblem(smallCluster)
const changed = (...changes: ChangeInput[]) => applyChanges(smallCluster, changes)
const line = (...lines: string[]) => applyChanges(smallCluster, lines.map(parseChangeLine))
const prices = ({ nodes, nodeTypes }: typeof base) => [...nodes, ...nodeTypes].map(({ costPerHour }) => costPerHour)

describe('each kind of change', () => {
  test('no change is no change', () => expect(changed()).toEqual(base))

  test('price: of types, of labels, of all, by factor or as a price', () => {
    expect(prices(line('price:large:2'))).toEqual([8, 8, 2.5, 2.5, 1.5])
    expect(prices(line('price:large:spot:2'))).toEqual([4, 4, 2.5, 2.5, 3])
    expect(prices(line('price:zone=b:0.5'))).toEqual([4, 2, 1.25, 2.5, 0.75])
    expect(prices(line('price:small,zone=b:=1'))).toEqual([4, 4, 1, 2.5, 1.5])
    expect(prices(line('price:0'))).toEqual([0, 0, 0, 0, 0])
    expect({ ...changed({ kind: 'price', factor: 3 }), nodes: [], nodeTypes: [] }).toEqual({
      ...base,
      nodes: [],
      nodeTypes: []
    })
  })

  test('growth: rounded up, without what floating point adds, and of what is listed where no number is given', () => {
    const wanted = (...lines: string[]) => line(...lines).deployments.map(({ replicas }) => replicas)
    expect(wanted('growth:1')).toEqual([2, 3])
    expect(wanted('growth:1.4')).toEqual([3, 5])
    expect(wanted('growth:embed:2')).toEqual([undefined, 6])
    expect(wanted('growth:0.5')).toEqual([1, 2])
    expect(wanted('growth:chat:50', 'growth:chat:1.1')).toEqual([110, 3])
  })

  test('add-deployment and remove-deployment: with replicas, rules and headroom', () => {
    const added = changed({ kind: 'add-deployment', deployment: { id: 'new', replicas: 2, demand: { cpu: 1 } } })
    expect(added.deployments.at(-1)).toMatchObject({ id: 'new', replicas: 2, moveCost: 1 })
    const removed = line('remove-deployment:embed')
    expect(removed.deployments.map(({ id }) => id)).toEqual(['chat'])
    expect(removed.replicas.map(({ id }) => id)).toEqual(['chat-0', 'chat-1'])
    expect(removed.rules.map(({ kind }) => kind)).toEqual(['spread'])
    expect(removed.headroom).toEqual([])
  })

  test('demand: replicas keep their devices while they hold as many, and wait where a node has too few', () => {
    const replicas = (text: string) => new Map(line(text).replicas.map((one) => [one.id, one]))
    expect(replicas('demand:embed:gpu=0.75,cpu=3').get('embed-0')).toMatchObject({ node: 'n3', devices: { gpu: [0] } })
    const doubled = replicas('demand:embed:gpu=2')
    expect(doubled.get('embed-0')).toMatchObject({ node: null })
    expect(doubled.get('embed-1')).toEqual({ id: 'embed-1', deployment: 'embed', node: 'n2', state: 'running' })
    expect(line('demand:chat,embed:cpu=1').deployments.map(({ demand }) => demand)).toEqual([
      { cpu: 1, memory: 16, gpu: 1 },
      { cpu: 1, memory: 8, gpu: 0.5 }
    ])
  })

  test('remove-type: what exists of it stays', () => {
    const { nodes, nodeTypes } = line('remove-type:small')
    expect(nodeTypes.map(({ type }) => type)).toEqual(['large:spot'])
    expect(nodes).toEqual(base.nodes)
  })

  test('lose: what ran there waits; remove-nodes: it is moved away', () => {
    const lost = line('lose:zone=b')
    expect(lost.nodes.map(({ id }) => id)).toEqual(['n1'])
    expect(lost.replicas.map(({ node }) => node)).toEqual(['n1', null, null, null, null])
    expect(lost.replicas.some(({ devices }, index) => index > 0 && devices !== undefined)).toBe(false)
    const removed = line('remove-nodes:n3')
    expect(removed.nodes[2]).toMatchObject({ id: 'n3', mustEmpty: true, acceptsReplicas: false, releasable: true })
    expect(removed.replicas).toEqual(base.replicas)
  })

  test('lose: what was leaving is gone, and nobody replaces it', () => {
    const leaving: ProblemInput = {
      ...smallCluster,
      replicas: [
        { id: 'old', deployment: 'chat', node: 'n1', state: 'draining' },
        { id: 'new', deployment: 'chat', node: 'n2', replaces: 'old' }
      ]
    }
    expect(applyChanges(leaving, [{ kind: 'lose', nodes: ['n1'] }]).replicas).toEqual([
      { id: 'new', deployment: 'chat', node: 'n2', state: 'running' }
    ])
  })

  test('add-nodes: like those of a type, under new ids; or as written', () => {
    const { nodes } = line('add-nodes:large:2', 'add-nodes:large:1')
    expect(nodes.slice(3).map(({ id }) => id)).toEqual(['added-large-1', 'added-large-2', 'added-large-3'])
    expect(nodes[4]).toMatchObject({
      type: 'large',
      costPerHour: 4,
      capacity: { cpu: 16, memory: 64, gpu: 2 },
      releasable: true
    })
    const paid = changed({ kind: 'add-nodes', type: 'large:spot', costPerHour: 1, releasable: false })
    expect(paid.nodes[3]).toMatchObject({ costPerHour: 1, releasable: false, labels: { zone: 'b' } })
    const written = changed({ kind: 'add-nodes', nodes: [{ id: 'x', capacity: { cpu: 1 }, costPerHour: 1 }] })
    expect(written.nodes[3]).toMatchObject({ id: 'x', labels: {} })
  })

  test('add-rule and remove-rule: by index, by kind, by members', () => {
    const rule: Rule = { kind: 'affinity', deployments: ['embed'], topologyKey: 'zone' }
    expect(changed({ kind: 'add-rule', rule }).rules.at(-1)).toEqual(rule)
    expect(line('remove-rule:0').rules.map(({ kind }) => kind)).toEqual(['conflict'])
    expect(line('remove-rule:conflict').rules.map(({ kind }) => kind)).toEqual(['spread'])
    expect(changed({ kind: 'remove-rule', deployments: ['chat'] }).rules).toEqual([])
    expect(line('remove-rule:conflict:embed').rules.map(({ kind }) => kind)).toEqual(['spread'])
  })

  test('budget: other limits, and none; max-new', () => {
    expect(line('budget:2').budget).toEqual({ maxMigrations: 2, maxMoveCost: 10 })
    expect(line('budget:none').budget).toEqual({ maxMoveCost: 10 })
    expect(line('budget:maxMoveCost=none,maxMigrationsPerDeployment=1').budget).toEqual({
      maxMigrations: 5,
      maxMigrationsPerDeployment: 1
    })
    expect(line('max-new:0').nodeTypes.map(({ maxNew }) => maxNew)).toEqual([0, 0])
    expect(line('max-new:large:spot:9').nodeTypes.map(({ maxNew }) => maxNew)).toEqual([6, 9])
  })

  test.each([
    'price:1.3',
    'growth:2',
    'add-deployment:{"id":"new","replicas":1,"demand":{"cpu":2}}',
    'remove-deployment:chat',
    'demand:chat:gpu=2',
    'remove-type:small',
    'remove-nodes:n3',
    'lose:n2',
    'add-nodes:small:2',
    'add-rule:{"kind":"anti-affinity","deployments":["embed"]}',
    'remove-rule:1',
    'budget:1',
    'max-new:small:0'
  ])('what comes of %s can be solved, and the checker accepts it', async (text) => {
    const problem = line(text)
    const result = await compact(problem, { solver: 'greedy', workLimit: 100 })
    expect(verifyResult(problem, result)).toEqual([])
    expect(['feasible', 'none']).toContain(result.primalStatus)
  })
})

describe('what cannot be made', () => {
  test.each<[ChangeInput, string, string]>([
    [{ kind: 'price', types: ['large', 'huge'], factor: 2 }, 'changes[0].types[1]', '"huge"'],
    [{ kind: 'price', nodeSelector: { zone: 'c' }, factor: 2 }, 'changes[0].nodeSelector', 'what no node matches'],
    [{ kind: 'growth', deployments: ['chta'], factor: 2 }, 'changes[0].deployments[0]', '"chta"'],
    [
      { kind: 'add-deployment', deployment: { id: 'chat', replicas: 1, demand: {} } },
      'changes[0].deployment.id',
      '"chat"'
    ],
    [{ kind: 'remove-deployment', deployments: ['x'] }, 'changes[0].deployments[0]', '"x"'],
    [{ kind: 'demand', deployments: ['x'], demand: {} }, 'changes[0].deployments[0]', '"x"'],
    [{ kind: 'remove-type', types: ['large'] }, 'changes[0].types[0]', '"large"'],
    [{ kind: 'remove-nodes', nodes: ['n9'] }, 'changes[0].nodes[0]', '"n9"'],
    [{ kind: 'lose', nodes: ['n1'], nodeSelector: { zone: 'b' } }, 'changes[0].nodeSelector', 'what no node matches'],
    [{ kind: 'add-nodes', type: 'huge' }, 'changes[0].type', '"huge"'],
    [{ kind: 'add-nodes', nodes: [{ id: 'n1', capacity: {}, costPerHour: 1 }] }, 'changes[0].nodes[0].id', '"n1"'],
    [{ kind: 'remove-rule', index: 2 }, 'changes[0].index', '2'],
    [{ kind: 'remove-rule', rule: 'affinity' }, 'changes[0]', 'what no rule matches'],
    [{ kind: 'max-new', types: ['large'], maxNew: 1 }, 'changes[0].types[0]', '"large"'],
    [
      { kind: 'add-rule', rule: { kind: 'spread', deployments: ['x'] } },
      'changes[0], problem rules[2].deployments[0]',
      '"x"'
    ],
    [
      { kind: 'demand', deployments: ['chat'], demand: { tpu: 1 } },
      'changes[0], problem deployments[0].demand.tpu',
      'a resource that no node has'
    ],
    [{ kind: 'growth', factor: 1e9 }, 'changes[0], problem deployments[0].replicas', '2000000000']
  ])('%j: %s', (change, path, found) => {
    expect(() => changed(change)).toThrow(InputError)
    try {
      changed(change)
    } catch (error) {
      const [issue] = (error as InputError).issues
      expect(issue).toMatchObject({ path, found })
      expect(issue?.hint).toContain(change.kind)
    }
  })

  test('the change to blame is the one after which it is no Problem', () => {
    expect(() => line('growth:1.5', 'lose:n1,n2,n3', 'max-new:0')).not.toThrow()
    const changes: ChangeInput[] = [
      { kind: 'growth', factor: 1.5 },
      { kind: 'demand', deployments: ['chat'], demand: { gpu: 1.5 } },
      { kind: 'max-new', maxNew: 0 }
    ]
    expect(() => applyChanges(smallCluster, changes)).toThrow(/changes\[1\].*1\.5.*after demand:chat:gpu=1\.5/s)
  })

  test.each([
    [[{ kind: 'prize' }], /kind.*"prize".*"price", "growth"/s],
    [[{ kind: 'price' }], /either "factor" or "costPerHour"/],
    [[{ kind: 'price', factor: 1, costPerHour: 1 }], /either "factor" or "costPerHour"/],
    [[{ kind: 'growth', factor: -1 }], /changes: \[0\]\.factor: found -1/],
    [[{ kind: 'growth', factor: 1, deployment: 'x' }], /unknown key.*deployments/s],
    [[{ kind: 'lose' }], /"nodes" or "nodeSelector"/],
    [[{ kind: 'add-nodes', nodes: [], type: 'x' }], /found/],
    ['growth:2', /expected a list of changes/],
    [null, /expected a list of changes/],
    [[{ kind: 'lose', nodeSelector: JSON.parse('{"__proto__": "x"}') }], /__proto__/]
  ])('%j is refused', (changes, message) => {
    expect(() => applyChanges(smallCluster, changes)).toThrow(InputError)
    expect(() => applyChanges(smallCluster, changes)).toThrow(message)
  })
})

describe('one line', () => {
  test.each([
    '',
    'growth',
    'growth:',
    'growth:much',
    'growth:-1',
    'grow:2',
    'price:=',
    'price:a=b=c:2',
    'demand:chat',
    'demand:chat:cpu',
    'demand:chat:cpu=x',
    'demand:chat:cpu=1,cpu=2',
    'lose:',
    'add-nodes:2',
    'add-nodes:x:0',
    'remove-rule:bogus',
    'budget:',
    'budget:bogus=1',
    'add-rule:spread',
    '{"kind":',
    '{}',
    'remove-type:a,,b'
  ])('%j is refused', (text) => {
    expect(() => parseChangeLine(text)).toThrow(InputError)
  })

  test('a change in JSON is one, too', () => {
    expect(parseChangeLine(' {"kind": "growth", "factor": 2}')).toEqual({ kind: 'growth', factor: 2 })
    expect(formatChange({ kind: 'price', types: ['a,b'], factor: 2 })).toBe(
      '{"kind":"price","types":["a,b"],"factor":2}'
    )
  })
})
