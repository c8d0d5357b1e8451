import { describe, expect, test } from 'vitest'
import { mix, parseStudy } from '../../../src/capacity/index.js'
import { bandsOf } from '../../../src/report/capacity/horizon-bands.js'
import { nodeBands } from '../../../src/report/capacity/horizon-nodes.js'
import { nodeLabels } from '../../../src/report/capacity/node-labels.js'
import { replicasByType } from '../../../src/report/capacity/replicas-by-type.js'
import { resourceUse } from '../../../src/report/capacity/resource-use.js'
import { axisEffects, axisGrid } from '../../../src/report/capacity/sweep-axes.js'
import { combinationsOf } from '../../../src/report/capacity/sweep-combinations.js'
import { sampleAnswers } from '../../capacity/sample-answers.js'

const { horizonAnswer, sweepAnswer } = sampleAnswers()

test('names of nodes are as short as tell them apart', () => {
  const node = (type: string, market: string, costPerHour: number) => ({ type, market, costPerHour })
  expect(
    nodeLabels([
      node('a', 'spot', 1),
      node('b', 'spot', 1),
      node('b', 'reserved', 2),
      node('c', 'on-demand', 3),
      node('c', 'on-demand', 4)
    ])
  ).toEqual(['a', 'b, spot', 'b, reserved', 'c, on-demand at 3.00', 'c, on-demand at 4.00'])
})

describe('a horizon', () => {
  test('has in each period the nodes that its contents say', () => {
    const { starts, bands } = nodeBands(horizonAnswer)
    const base = horizonAnswer.base.reduce((sum, { nodes }) => sum + nodes, 0)
    for (const [period, { nodes }] of horizonAnswer.periods.entries()) {
      const hourly = nodes.reduce((sum, [index, count]) => {
        return horizonAnswer.contents[index]?.ofBase === true ? sum : sum + count
      }, 0)
      expect(bands.reduce((sum, { values }) => sum + (values[period] ?? 0), 0)).toBe(base + hourly)
    }
    expect(starts).toHaveLength(horizonAnswer.periods.length)
    expect(bands.map(({ name }) => name)).toEqual(['committed', 'l4x1:spot', 'l4x1'])
  })

  test('costs what its bands add up to', () => {
    const { bands } = bandsOf(horizonAnswer)
    const committed = bands.find(({ name }) => name === 'committed')
    expect(committed?.values[0]).toBeCloseTo(horizonAnswer.cost.base / horizonAnswer.hours)
  })
})

test('what a mix hosts and uses follows from its placement', async () => {
  const study = parseStudy({
    schemaVersion: 1,
    nodes: [{ id: 'n1', type: 'old', capacity: { cpu: 4 }, costPerHour: 1 }],
    nodeTypes: [{ type: 'new', capacity: { cpu: 8 }, costPerHour: 1.5, maxNew: 5 }],
    deployments: [
      { id: 'web', demand: { cpu: 2 }, replicas: 7 },
      { id: 'job', demand: { cpu: 3 }, replicas: 2 }
    ],
    replicas: [{ id: 'web-0', deployment: 'web', node: 'n1' }]
  })
  const answer = await mix(study, { workLimit: 500 })
  expect(answer.status).toBe('feasible')
  const { types, rows } = replicasByType(answer)
  for (const { deployment, counts } of rows) {
    expect(counts).toHaveLength(types.length)
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(answer.replicas[deployment])
  }
  const nodes = answer.nodes.map(({ type, kept, bought }) => (kept + bought) * (type === 'old' ? 4 : 8))
  expect(resourceUse(answer)).toEqual([
    { resource: 'cpu', used: 20, capacity: nodes.reduce((sum, cpu) => sum + cpu, 0) }
  ])
})

describe('a sweep', () => {
  const combinations = combinationsOf(sweepAnswer.scenarios)

  test('has a combination for each pair of values, with the best of its seeds', () => {
    expect(combinations).toHaveLength(12)
    expect(combinations[0]).toMatchObject({ labels: ['none', 'none'], bound: 10, solved: 2, best: { seed: 1 } })
    expect(combinations[0]?.seedSpread).toBeCloseTo(0.1 / 10.2)
    expect(combinations.at(-1)).toMatchObject({ best: null, solved: 0 })
  })

  test('is laid out over two axes, empty where there is no placement', () => {
    const grid = axisGrid(sweepAnswer, combinations)
    expect(grid?.costs).toEqual([
      [10.1, 17.1, 24.1],
      [14.1, 21.1, 28.1],
      [18.1, 25.1, 32.1],
      [null, null, null]
    ])
    expect(axisGrid({ axes: sweepAnswer.axes.slice(0, 1) }, combinations)).toBeNull()
  })

  test('averages each value over the others', () => {
    const effects = axisEffects(sweepAnswer, combinations)
    expect(effects[0]).toMatchObject({ axis: 'growth', label: 'none', combinations: 3, withoutPlacement: 0 })
    expect(effects[0]?.costPerHour).toBeCloseTo(17.1)
    expect(effects[3]).toMatchObject({ label: 'growth:9', costPerHour: null, withoutPlacement: 3 })
  })
})
