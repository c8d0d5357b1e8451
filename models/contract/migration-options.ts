import * as z from 'zod'
import { count, quantity } from './quantities.js'

/** The ways to carry out moves that block each other, in the order in which they are tried. */
export const rung = z.enum(['reorder', 'relabel', 'delay-release', 'hop', 'rent', 'stop-first', 'cut'])
export type Rung = z.infer<typeof rung>

/** Counting semaphores taken at `start` and given back at `stop`. null: no limit. */
export const migrationLimits = z.strictObject({
  inFlight: count.min(1).nullable().default(16).describe('Migrations at a time; null: no limit, 16 by default.'),
  startsPerNode: count
    .min(1)
    .nullable()
    .default(2)
    .describe('Starts on one node at a time; null: no limit, 2 by default.'),
  perDeployment: count
    .min(1)
    .nullable()
    .default(null)
    .describe('Migrations of one deployment at a time; null, the default: no limit.')
})
export type MigrationLimits = z.infer<typeof migrationLimits>

export const migrationOptions = z.strictObject({
  level: z
    .enum(['final', 'any-order', 'sequenced'])
    .default('sequenced')
    .describe(
      'final: the end counts, and copies may stop first, as far as maxUnavailable allows. any-order: every order of the moves is safe. sequenced, the default: one safe order exists.'
    ),
  rungs: z
    .array(rung)
    .default(['reorder', 'relabel', 'delay-release', 'hop', 'cut'])
    .describe(
      'What may be done about moves that block each other, in the order in which it is tried; cut is the last resort wherever it stands. By default everything but rent, which needs nodeTypes, and stop-first, which needs maxUnavailable of at least 1. delay-release and rent need hop, too.'
    ),
  limits: migrationLimits.prefault({}).describe('How much may happen at a time.'),
  deadlineSeconds: quantity
    .nullable()
    .default(null)
    .describe('Seconds the migration may take; null, the default: no limit.'),
  validSeconds: quantity
    .optional()
    .describe('How long after its making a plan may be begun, in seconds; 300 when left out.')
})
export type MigrationOptions = z.infer<typeof migrationOptions>
