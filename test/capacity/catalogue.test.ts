import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { catalogueChoice } from '../../models/contract/study.js'
import { readCatalogue } from '../../src/capacity/catalogue/read-catalogue.js'
import { toNodeTypes } from '../../src/capacity/catalogue/to-node-types.js'
import { refusalOf } from './refusal.js'

const HEADER = 'cloud,region,name,arch,vcpu,memGiB,gpu,gpuCount,gpuMemGiB,priceOnDemand,priceSpot,asOf'
const text = readFileSync(new URL('../../fixtures/capacity/cloud-gpu-instances.csv', import.meta.url), 'utf8')
const types = readCatalogue(text)
const offer = (choice: object, from = types) => toNodeTypes(from, catalogueChoice.parse(choice))

describe('the list of types with GPUs', () => {
  test('has them all, as they are', () => {
    expect(types).toHaveLength(120)
    expect(types.find(({ name }) => name === 'g6e.12xlarge')).toEqual({
      name: 'g6e.12xlarge',
      cloud: 'aws',
      region: 'us-east-1',
      arch: 'amd64',
      cpu: 48,
      memory: 384,
      gpus: { model: 'NVIDIA L40S', count: 4, memory: 48 },
      onDemand: 10.49264,
      spot: 4.2359
    })
  })

  test('becomes node types with labels, on demand and spot, less the overhead', () => {
    const { nodeTypes } = offer({
      cloud: 'aws',
      types: 'g6e.12xlarge',
      markets: ['on-demand', 'spot'],
      maxNew: 7,
      overhead: { cpu: 0.5, memory: 4 }
    })
    const labels = {
      cloud: 'aws',
      region: 'us-east-1',
      arch: 'amd64',
      'instance-type': 'g6e.12xlarge',
      gpu: 'NVIDIA L40S',
      'gpu-memory': '48'
    }
    const capacity = { cpu: 47.5, memory: 380, gpu: 4 }
    expect(nodeTypes).toEqual([
      {
        type: 'g6e.12xlarge',
        capacity,
        costPerHour: 10.49264,
        labels: { ...labels, market: 'on-demand' },
        maxNew: 7,
        provisionSeconds: 180
      },
      {
        type: 'g6e.12xlarge:spot',
        capacity,
        costPerHour: 4.2359,
        labels: { ...labels, market: 'spot' },
        maxNew: 7,
        provisionSeconds: 180
      }
    ])
  })

  test('names what is left out, and why', () => {
    expect(offer({ cloud: 'aws', markets: ['on-demand', 'spot'] }).notes).toEqual([
      'catalogue: left out for an unknown model of GPU: dl1.24xlarge',
      'catalogue: left out for a share of a GPU: g6f.2xlarge, g6f.4xlarge, g6f.large, g6f.xlarge, gr6f.4xlarge',
      'catalogue: no spot price, so not offered spot: g4ad.16xlarge, g4ad.2xlarge, g4ad.4xlarge, g4ad.8xlarge, g4ad.xlarge, g4dn.12xlarge and 44 more'
    ])
  })

  test.each([
    ['cloud', { cloud: 'gcp' }, 21],
    ['region', { region: ['eastus', 'us-central1'] }, 51],
    ['a GPU by its whole name', { gpu: 'NVIDIA L40S' }, 8],
    ['a GPU without its maker', { gpu: ['l40s', 'h200'] }, 9],
    ['another architecture', { arch: 'arm64' }, 6],
    ['both architectures', { arch: ['amd64', 'arm64'] }, 111],
    ['exclusion', { gpu: 'NVIDIA L40S', exclude: ['g6e.xlarge', 'G6E.2XLARGE'] }, 6]
  ])('is chosen from by %s', (_, choice, count) => {
    expect(offer(choice).nodeTypes).toHaveLength(count)
  })

  test.each([
    [{ cloud: 'awz' }, 'catalogue.cloud: found "awz", expected one of "aws", "gcp", "azure"'],
    [
      { region: 'us-east-2' },
      'catalogue.region: found "us-east-2", expected one of "us-east-1", "eastus", "us-central1"'
    ],
    [
      { types: ['g5.xlarge', 'g5.xlarg'] },
      /^catalogue\.types: found "g5\.xlarg", expected one of "g5\.xlarge", .* and 112 more$/
    ],
    [{ exclude: 'nothing' }, /^catalogue\.exclude: found "nothing", expected one of /],
    [{ gpu: 'l4s' }, /^catalogue\.gpu: found "l4s", expected one of "NVIDIA L4", "NVIDIA L40S", /],
    [
      { overhead: { disk: 1 } },
      'catalogue.overhead.disk: found a resource that the catalogue does not have, expected one of cpu, memory, gpu'
    ],
    [{ overhead: { gpu: 0.5 } }, 'catalogue.overhead.gpu: found 0.5, expected a whole number of devices'],
    [
      { cloud: 'gcp', gpu: 'NVIDIA L40S' },
      'catalogue: found no type that may be bought, of 120: cloud left 21 of 120, gpu left 0 of 21, expected filters that leave at least one'
    ],
    [
      { gpu: 'A10G', markets: 'spot' },
      'catalogue: found no type that may be bought, of 120: arch left 114 of 120, gpu left 8 of 114, a price (spot) left 0 of 8, expected filters that leave at least one'
    ],
    [
      { types: 'dl1.24xlarge' },
      'catalogue: found no type that may be bought, of 120: arch left 114 of 120, types left 1 of 114, whole GPUs of a known model left 0 of 1, expected filters that leave at least one'
    ]
  ])('%j is refused', (choice, message) => {
    const [refusal, ...others] = refusalOf(() => offer(choice))
    expect(others).toEqual([])
    expect(refusal).toEqual(typeof message === 'string' ? message : expect.stringMatching(message))
  })
})

describe('a list of one’s own', () => {
  const own = 'NAME,vCPU,memGiB,priceOnDemand\nsmall,4,16,0.2\nlarge,16,64,\nunsized,0,0,1\nfree,1,1,0\n'

  test('needs four columns; what has no price or no size is left out and named', () => {
    const { nodeTypes, notes } = offer({}, readCatalogue(own))
    expect(nodeTypes.map(({ type, capacity, labels }) => ({ type, capacity, labels }))).toEqual([
      {
        type: 'small',
        capacity: { cpu: 4, memory: 16 },
        labels: { arch: 'amd64', 'instance-type': 'small', market: 'on-demand' }
      }
    ])
    expect(notes).toEqual([
      'catalogue: left out for processors or memory that are not known: unsized',
      'catalogue: no on-demand price, so not offered on-demand: large, free'
    ])
  })

  test('may be rows of JSON', () => {
    const rows = [{ name: 'small', vcpu: 4, memGiB: 16, priceOnDemand: 0.2, gpu: 'X', gpuCount: 2, gpuMemGiB: 48 }]
    expect(offer({}, readCatalogue(rows)).nodeTypes[0]).toMatchObject({
      type: 'small',
      capacity: { cpu: 4, memory: 16, gpu: 2 },
      labels: { gpu: 'X', 'gpu-memory': '24' }
    })
  })

  test('may have a name in several regions, which then stand before it', () => {
    const regions = 'region,name,vcpu,memGiB,priceOnDemand\nwest,a,1,1,1\neast,a,1,1,2\neast,b,1,1,3\n'
    const read = readCatalogue(regions)
    expect(offer({}, read).nodeTypes.map(({ type }) => type)).toEqual(['west/a', 'east/a', 'b'])
    expect(offer({ region: 'east' }, read).nodeTypes.map(({ type }) => type)).toEqual(['a', 'b'])
  })

  test('with an overhead that takes all of a type leaves it out', () => {
    expect(
      offer({ overhead: { memory: 16 } }, readCatalogue('name,vcpu,memGiB,priceOnDemand\ns,4,16,1\nl,8,32,2\n'))
    ).toMatchObject({
      nodeTypes: [{ type: 'l', capacity: { cpu: 8, memory: 16 } }],
      notes: ['catalogue: left out as the overhead takes all of it: s']
    })
  })

  test.each([
    [
      'cloud,name,vcpu,memGiB\naws,a,1,1\n',
      ['row 1: found the columns cloud, name, vcpu, memGiB, expected a column "priceOnDemand"']
    ],
    [
      'cpus,memory\n1,1\n',
      ['name', 'vcpu', 'memGiB', 'priceOnDemand'].map(
        (name) => `row 1: found the columns cpus, memory, expected a column "${name}"`
      )
    ],
    [
      `${HEADER}\naws,us,a,amd64,four,16 GiB,,0,,$0.2,,\naws,us,,amd64,1,1,,-1,,"0,2",,\n`,
      [
        'row 2, column vcpu: found "four", expected a number: virtual processors',
        'row 2, column memGiB: found "16 GiB", expected a number without a unit: GiB of memory',
        'row 2, column priceOnDemand: found "$0.2", expected a number without a unit: money per hour',
        'row 3, column name: found an empty cell, expected the name of a type',
        'row 3, column gpuCount: found -1, expected at least 0: GPUs of the machine',
        'row 3, column priceOnDemand: found "0,2", expected a number such as 1234.5: money per hour (a point before decimals, and nothing between thousands)'
      ]
    ],
    [
      `${HEADER}\naws,us,a,amd64,1,1,,0,,1,,\naws,eu,a,amd64,1,1,,0,,1,,\naws,us,a,amd64,2,2,,0,,2,,\n`,
      ['row 4, column name: found "a", expected every type once in a region: row 2 has this one']
    ]
  ])('%j is refused', (given, messages) => {
    expect([...refusalOf(() => readCatalogue(given))].sort()).toEqual([...messages].sort())
  })
})
