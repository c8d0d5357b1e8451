import { expect, test } from 'vitest'
import { readSources } from '../../src/page/desk/read-sources.js'

const file = (name: string, value: unknown) =>
  ({ kind: 'file', file: new File([JSON.stringify(value)], name) }) as const
const overrides = (name: string) => file(name, { defaults: { placementGroup: 'none' } })

test('overrides are dropped nowhere: neither a second file of them nor those beside a Kubernetes snapshot', async () => {
  const ray = file('serve.json', { applications: {} })
  await expect(readSources([ray, overrides('a.json'), overrides('b.json')], null)).rejects.toThrow(
    'b.json looks like overrides, and so does a.json.'
  )
  const node = file('node.json', { kind: 'Node', apiVersion: 'v1', metadata: { name: 'n' } })
  await expect(readSources([node, overrides('a.json')], null)).rejects.toThrow(
    'a.json does not belong to a snapshot of Kubernetes.'
  )
})

test('a catalogue whose prices are none is named, not the snapshot', async () => {
  const status = { allocatable: { cpu: '4', memory: '16Gi', pods: '110' } }
  const node = file('node.json', { kind: 'Node', apiVersion: 'v1', metadata: { name: 'n' }, status })
  const prices = new File(['name,vcpu,memGiB,priceOnDemand\nm5.large,2,8,cheap\n'], 'prices.csv')
  await expect(readSources([node, { kind: 'file', file: prices }], null)).rejects.toMatchObject({
    fault: {
      title: 'prices.csv cannot be imported as it is.',
      issues: [{ path: 'row 2, column priceOnDemand', found: '"cheap"' }]
    }
  })
})
