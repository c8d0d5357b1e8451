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
