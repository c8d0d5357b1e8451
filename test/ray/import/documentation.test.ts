import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import * as z from 'zod'
import { rayOverrides } from '../../../src/adapters/ray/import/overrides/overrides.js'

test('the overrides that docs/ray.md shows are overrides', () => {
  const text = readFileSync(new URL('../../../docs/ray.md', import.meta.url), 'utf8')
  const [, shown = ''] = /```yaml\n([\s\S]*?)```/.exec(text) ?? []
  const read = rayOverrides.parse(parse(shown))
  expect(Object.keys(read.deployments)).toHaveLength(3)
  expect(Object.keys(read.replicas)).toEqual(['chat#Sharded#f3a1'])
})

test('every key of the overrides is described', () => {
  const undescribed: string[] = []
  const visit = (schema: unknown, path: string): void => {
    if (typeof schema !== 'object' || schema === null) return
    const { properties = {}, additionalProperties, items, anyOf = [] } = schema as Record<string, never>
    for (const [key, inner] of Object.entries(properties as Record<string, { description?: string }>)) {
      if (inner.description === undefined) undescribed.push(`${path}.${key}`)
      visit(inner, `${path}.${key}`)
    }
    for (const inner of [additionalProperties, items, ...(anyOf as readonly unknown[])]) visit(inner, path)
  }
  visit(z.toJSONSchema(rayOverrides, { io: 'input' }), '')
  expect(undescribed).toEqual([])
})
