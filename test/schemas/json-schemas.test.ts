import { expect, test } from 'vitest'
import { z } from 'zod'
import * as contract from '../../models/contract/index.js'

const PUBLISHED = [
  ['problem', contract.problem, 'A cluster, what runs on it and what is wanted of it: what `plan` reads.'],
  ['placement', contract.placement, 'Where every replica shall be: what `sequence` reads beside a Problem.'],
  ['plan', contract.plan, 'An ordered, safe migration: the `plan` of a Result.'],
  ['result', contract.result, 'The answer to a Problem: what `plan --json` prints and `verify` reads.']
] as const

/** Every other exported schema under its own name, so that it is written once, as a definition. */
function namesBut(root: z.ZodType) {
  const names = z.registry<{ id: string }>()
  for (const [id, schema] of Object.entries(contract)) {
    if (schema instanceof z.ZodType && schema !== root) names.add(schema, { id })
  }
  return names
}

function renderSchema(subject: string, schema: z.ZodType, description: string): string {
  const { $schema, ...body } = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    io: 'input',
    metadata: namesBut(schema)
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
