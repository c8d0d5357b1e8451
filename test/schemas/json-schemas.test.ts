import { expect, test } from 'vitest'
import { z } from 'zod'
import * as contract from '../../models/contract/index.js'

const PUBLISHED = [
  ['problem', contract.problem, 'A cluster, what runs on it and what is wanted of it: what `plan` reads.'],
  ['study', contract.study, 'Demand over time, what may be bought and what is paid for: what `capacity` reads.'],
  ['placement', contract.placement, 'Where every replica shall be: what `sequence` reads beside a Problem.'],
  ['plan', contract.plan, 'An ordered, safe migration: the `plan` of a Result.'],
  ['result', contract.result, 'The answer to a Problem: what `plan --json` prints and `verify` reads.']
] as const

/** Descriptions, and every other exported schema under its own name, so that it is written once, as a definition. */
class Metadata extends z.core.$ZodRegistry<{ id?: string | undefined; description?: string | undefined }> {
  constructor(root: z.ZodType) {
    super()
    for (const [id, schema] of Object.entries(contract)) {
      if (schema instanceof z.ZodType && schema !== root) this.add(schema, { id })
    }
  }

  override get<Schema extends z.core.$ZodType>(schema: Schema) {
    return { ...z.globalRegistry.get(schema), ...super.get(schema) }
  }
}

function renderSchema(subject: string, schema: z.ZodType, description: string): string {
  const { $schema, ...body } = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    io: 'input',
    metadata: new Metadata(schema)
  })
  const head = {
    $schema,
    $id: `https://unpkg.com/replica-compactor/models/schemas/${subject}.schema.json`,
    title: `replica-compactor ${subject}`,
    description
  }
  return `${JSON.stringify({ ...head, ...body }, null, 2)}\n`
}

test.each(PUBLISHED)(
  'the published JSON Schema of a %s is in step (npm run schemas)',
  async (subject, schema, description) => {
    const file = `../../models/schemas/${subject}.schema.json`
    await expect(renderSchema(subject, schema, description)).toMatchFileSnapshot(file)
  }
)

/** The paths of all keys in a JSON Schema that do not say what they mean. */
function undescribed(schema: unknown, path: string): string[] {
  if (typeof schema !== 'object' || schema === null) return []
  const properties = 'properties' in schema ? Object.entries(schema.properties as object) : []
  return [
    ...properties.flatMap(([key, value]) => (typeof value.description === 'string' ? [] : [`${path}.${key}`])),
    ...Object.entries(schema).flatMap(([key, value]) => undescribed(value, `${path}/${key}`))
  ]
}

test.each(PUBLISHED)('every key in the JSON Schema of a %s is described', (subject, schema, description) => {
  const rendered = JSON.parse(renderSchema(subject, schema, description))
  expect(JSON.stringify(rendered).match(/"description"/g)?.length).toBeGreaterThan(10)
  expect(undescribed(rendered, subject)).toEqual([])
})
