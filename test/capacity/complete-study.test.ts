import { describe, expect, test } from 'vitest'
import { completeStudy, type StudyTables } from '../../src/capacity/study/complete-study.js'
import { parseStudy } from '../../src/capacity/study/parse-study.js'
import { refusalOf } from './refusal.js'

const type = {
  type: 't',
  capacity: { cpu: 8, memory: 32, gpu: 1 },
  costPerHour: 1,
  maxNew: 10,
  labels: { zone: 'a', 'gpu-memory': '24' }
}
const deployment = { id: 'a', demand: { cpu: 1 }, replicas: 1 }
const base = { schemaVersion: 1, nodeTypes: [type], deployments: [deployment] }
const catalogue =
  'name,vcpu,memGiB,priceOnDemand,priceSpot,gpu,gpuCount,gpuMemGiB\nsmall,4,16,1,,NVIDIA L4,1,24\nlarge,48,192,5,2,NVIDIA L4,4,96\n'
const complete = (study: object, tables: StudyTables = {}) => completeStudy(parseStudy({ ...base, ...study }), tables)
const refused = (study: object, tables: StudyTables = {}) => refusalOf(() => complete(study, tables))

describe('a study with its tables', () => {
  test('has what the catalogue offers beside its own types', () => {
    const { study, forecast, demand, notes } = complete(
      { catalogue: { markets: ['on-demand', 'spot'] } },
      { catalogue }
    )
    expect(study.nodeTypes.map(({ type }) => type)).toEqual(['t', 'small', 'large', 'large:spot'])
    expect({ forecast, demand }).toEqual({ forecast: null, demand: null })
    expect(notes.filter((note) => !note.startsWith('assumed: '))).toEqual([
      'catalogue: no spot price, so not offered spot: small'
    ])
  })

  test('takes a catalogue that it does not name, with every default', () => {
    const { study } = complete({}, { catalogue })
    expect(study.nodeTypes.map(({ type, maxNew }) => [type, maxNew])).toEqual([
      ['t', 10],
      ['small', 1000],
      ['large', 1000]
    ])
  })

  test('has demand, and says which series nobody asked for', () => {
    const { demand, notes } = complete({}, { forecast: 'time,a,b\n0,1,5\n60,2,5\n' })
    expect(demand?.counts).toEqual(new Map([['a', Int32Array.of(1, 2)]]))
    expect(notes).toEqual(['forecast: series that no deployment names: "b"'])
  })

  test('says which quotas count nothing', () => {
    const quotas = [
      { name: 'zone b', nodeSelector: { zone: 'b' }, max: 3 },
      { types: ['t'], max: 3 }
    ]
    expect(complete({ quotas }).notes).toEqual(['quotas[0] (zone b): no node or type counts towards it'])
  })

  test('needs the tables that it names', () => {
    expect(refused({ catalogue: { file: 'prices.csv' } })).toEqual([
      'catalogue: found no rows, expected the table it names, "prices.csv", given beside the study'
    ])
    expect(refused({ forecast: {} })).toEqual([
      'forecast: found no rows, expected the table it names, "forecast", given beside the study'
    ])
  })
})

describe('names that nothing has are refused', () => {
  test.each([
    [
      { reservations: [{ type: 'tt', nodes: 1, costPerHour: 1 }] },
      'reservations[0].type: found "tt", expected a type that there is, or a "capacity" beside it: "t"'
    ],
    [{ quotas: [{ types: ['t', 'u'], max: 1 }] }, 'quotas[0].types[1]: found "u", expected a type of nodes: "t"'],
    [
      { quotas: [{ resource: 'gpus', max: 1 }] },
      'quotas[0].resource: found "gpus", expected a resource that nodes have: "gpu", "cpu", "memory"'
    ],
    [{ commitment: { discount: 0.4, types: ['x'] } }, 'commitment.types[0]: found "x", expected a type of nodes: "t"'],
    [
      {
        nodes: [{ id: 'reserved-t-1', capacity: { cpu: 1 }, costPerHour: 1 }],
        reservations: [{ type: 't', nodes: 1, costPerHour: 1 }]
      },
      'nodes[0].id: found "reserved-t-1", expected another id: a reserved node is called so'
    ],
    [
      { replicas: [{ id: 'r', deployment: 'b', node: null }] },
      'replicas[0].deployment: found "b", expected the id of a deployment in "deployments"'
    ],
    [
      { rules: [{ kind: 'anti-affinity', deployments: ['b'] }] },
      'rules[0].deployments[0]: found "b", expected the id of a deployment in "deployments"'
    ]
  ])('%j', (study, message) => {
    expect(refused(study)).toEqual([message])
  })

  test('a type of one’s own with a name of the catalogue', () => {
    expect(refused({ nodeTypes: [{ ...type, type: 'small' }], catalogue: {} }, { catalogue })).toEqual([
      'nodeTypes[0].type: found "small", expected another name: the catalogue has it'
    ])
    const spot = { nodeTypes: [{ ...type, type: 'large:spot' }], catalogue: { markets: 'spot' } }
    expect(refused(spot, { catalogue })).toEqual([
      'nodeTypes[0].type: found "large:spot", expected another name: the catalogue has it'
    ])
  })

  test('a type with the name of what is committed to', () => {
    const nodeTypes = [type, { ...type, type: 't:reserved' }]
    expect(refused({ nodeTypes })).toEqual([])
    expect(refused({ nodeTypes, commitment: { discount: 0.4 } })).toEqual([
      'nodeTypes[1].type: found "t:reserved", expected another name: what is committed to of a type is called so'
    ])
  })
})

describe('a deployment that fits nothing is refused, with what stands in its way', () => {
  const other = { ...type, type: 'cpu', capacity: { cpu: 64, memory: 64 }, labels: { zone: 'b' } }
  const nodeTypes = [type, other]
  test.each([
    [
      'the nearest type',
      { demand: { cpu: 16, gpu: 1 } },
      ['deployments[0].demand.cpu: found 16, expected at most 8, which "t" has: the nearest node or type']
    ],
    [
      'the nearest type that its selector admits',
      { demand: { cpu: 16, memory: 100 }, nodeSelector: { zone: 'b' } },
      [
        'deployments[0].demand.memory: found 100, expected at most 64, which "cpu" has: the nearest node or type that its selector admits'
      ]
    ],
    [
      'several resources',
      { demand: { cpu: 100, memory: 100 } },
      [
        'deployments[0].demand.cpu: found 100, expected at most 64, which "cpu" has: the nearest node or type',
        'deployments[0].demand.memory: found 100, expected at most 64, which "cpu" has: the nearest node or type'
      ]
    ],
    [
      'what it takes to start',
      { demand: { memory: 8 }, startupDemand: { memory: 65 } },
      ['deployments[0].startupDemand.memory: found 65, expected at most 64, which "cpu" has: the nearest node or type']
    ],
    [
      'a value of a label',
      { nodeSelector: { zone: ['c', 'd'] } },
      ['deployments[0].nodeSelector.zone: found "c" or "d", expected one of "a", "b"']
    ],
    [
      'a label',
      { nodeSelector: { disk: 'ssd' } },
      ['deployments[0].nodeSelector.disk: found "ssd", expected a label that some node or type has']
    ],
    [
      'a label called constructor',
      { nodeSelector: { constructor: 'x' } },
      ['deployments[0].nodeSelector.constructor: found "x", expected a label that some node or type has']
    ],
    [
      'labels together',
      { nodeSelector: { zone: 'b', 'gpu-memory': '24' } },
      [
        'deployments[0].nodeSelector: found zone, gpu-memory as no node or type has them together, expected labels of one: "t", the nearest, has zone "a"'
      ]
    ],
    [
      'the memory of GPUs',
      { minGpuMemory: 40 },
      ['deployments[0].minGpuMemory: found 40, expected at most 24, which "t" has']
    ],
    [
      'the memory of GPUs beside its selector',
      { minGpuMemory: 20, nodeSelector: { 'gpu-memory': '16' } },
      ['deployments[0].minGpuMemory: found 20, expected a value that its nodeSelector for gpu-memory allows']
    ]
  ])('%s', (_, more, messages) => {
    expect(refused({ nodeTypes, deployments: [{ ...deployment, ...more }] })).toEqual(messages)
  })

  test('GPU memory that no node states', () => {
    expect(refused({ nodeTypes: [other], deployments: [{ ...deployment, minGpuMemory: 1 }] })).toEqual([
      'deployments[0].minGpuMemory: found 1, expected nodes or types with the label gpu-memory'
    ])
  })

  test('nodes that take nothing', () => {
    const nodes = [{ id: 'n', capacity: { cpu: 8 }, costPerHour: 1, acceptsReplicas: false }]
    expect(refused({ nodeTypes: [], nodes })).toEqual([
      'deployments[0]: found no node that takes replicas, expected one, or a type that may be bought'
    ])
  })

  test('a floor where all hosts are spot', () => {
    const spot = { ...type, labels: { market: 'spot' } }
    expect(refused({ nodeTypes: [spot], deployments: [{ ...deployment, floor: 0.5 }] })).toEqual([
      'deployments[0].floor: found 0.5, and the only host is spot: "t", expected a node or type that hosts "a" and is not spot'
    ])
    expect(refused({ nodeTypes: [spot, { ...spot, type: 'u' }], availability: { floor: 1 } })).toEqual([
      'availability.floor: found 1, and all hosts are spot: "t", "u", expected a node or type that hosts "a" and is not spot'
    ])
  })

  test('but not one that nobody wants', () => {
    const unwanted = { ...deployment, replicas: 0, demand: { cpu: 100 } }
    expect(refused({ deployments: [deployment, { ...unwanted, id: 'b' }] })).toEqual([])
    expect(refused({ deployments: [unwanted] }, { forecast: 'time,a\n0,0\n60,0\n' })).toEqual([])
    expect(refused({ deployments: [unwanted] }, { forecast: 'time,a\n0,0\n60,1\n' })).toEqual([
      'deployments[0].demand.cpu: found 100, expected at most 8, which "t" has: the nearest node or type'
    ])
  })

  test('and reserved nodes count', () => {
    const reservations = [{ type: 'huge', nodes: 1, costPerHour: 1, capacity: { cpu: 128 } }]
    expect(refused({ deployments: [{ ...deployment, demand: { cpu: 100 } }], reservations })).toEqual([])
  })
})

describe('a study is refused by itself for', () => {
  test.each([
    [{ deployments: [] }, ['deployments: found an empty list, expected at least one deployment']],
    [
      { nodeTypes: [] },
      ['catalogue: found nothing, expected instance types that may be bought, or "nodeTypes" or "nodes"']
    ],
    [{ forecast: { from: 600, to: 600 } }, ['forecast.to: found 600, expected a moment after "from", which is 600']],
    [
      {
        reservations: [
          { type: 't', nodes: 60_000, costPerHour: 1 },
          { type: 't', nodes: 60_000, costPerHour: 1 }
        ]
      },
      ['reservations[1].nodes: found 60000, expected at most 100000 reserved nodes in all']
    ],
    [
      { deployments: [{ ...deployment, troughput: 3 }] },
      [expect.stringMatching(/^deployments\[0\]\.troughput: found an unknown key, expected one of id, .*throughput/)]
    ],
    [
      { deployments: [{ ...deployment, throughput: 0 }] },
      ['deployments[0].throughput: found 0, expected a number of at least 1e-9']
    ],
    [
      { deployments: [{ ...deployment, utilisation: 80 }] },
      ['deployments[0].utilisation: found 80, expected a number of at most 1']
    ],
    [{ availability: { floor: 60 } }, ['availability.floor: found 60, expected a number of at most 1']],
    [
      { catalogue: { markets: 'reserved' } },
      [expect.stringMatching(/^catalogue\.markets: found "reserved", expected .*"on-demand", "spot"/)]
    ],
    [{ schemaVersion: 2 }, ['schemaVersion: found 2, expected 1']]
  ])('%j', (study, messages) => {
    expect(refused(study)).toEqual(messages)
  })

  test.each([
    [{ termination: 'optimal', plan: {} }, 'what looks like a Result'],
    [{ placement: [] }, 'what looks like a placement'],
    ['no', '"no"'],
    [null, 'null']
  ])('being something else: %j', (value, found) => {
    expect(refusalOf(() => parseStudy(value))).toEqual([
      `: found ${found}, expected a study { schemaVersion, deployments, … }, or a Problem`
    ])
  })
})

test('a table with a column for each deployment says what it counts where there are throughputs', () => {
  const written = parseStudy({
    schemaVersion: 1,
    nodeTypes: [{ type: 'a', capacity: { cpu: 8 }, costPerHour: 1, maxNew: 100 }],
    deployments: [{ id: 'chat', demand: { cpu: 1 }, throughput: 5 }],
    forecast: {}
  })
  const forecast = 't_s,chat\n0,10\n600,20\n'
  expect(() => completeStudy(written, { forecast })).toThrow(
    'study: forecast.unit: found nothing, expected replicas or requestsPerSecond: the table has a column for each deployment, and "chat" has a throughput'
  )
  const rates = {
    ...written,
    forecast: { ...written.forecast, unit: 'requestsPerSecond' as const, shorter: 'error' as const }
  }
  const { demand, notes } = completeStudy(rates, { forecast })
  expect([...(demand?.counts.get('chat') ?? [])]).toEqual([2, 4])
  expect(notes).toContain('assumed: replicas of "chat" serve all of their throughput (utilisation)')
})

test('what runs may stay where nothing new may start', () => {
  const cordoned = {
    schemaVersion: 1,
    nodes: [{ id: 'n', capacity: { cpu: 4 }, costPerHour: 1, acceptsReplicas: false }],
    deployments: [{ id: 'web', demand: { cpu: 1 } }],
    replicas: [{ id: 'web-0', deployment: 'web', node: 'n' }]
  }
  expect(completeStudy(parseStudy(cordoned)).study.nodes).toHaveLength(1)
  const more = { ...cordoned, deployments: [{ id: 'web', demand: { cpu: 1 }, replicas: 2 }] }
  expect(() => completeStudy(parseStudy(more))).toThrow('found no node that takes replicas')
})
