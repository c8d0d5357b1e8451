import { z } from 'zod'
import { count, quantity } from './quantities.js'

/** The ways to carry out moves that block each other, in the order in which they are tried. */
export const rung = z.enum(['reorder', 'relabel', 'delay-release', 'hop', 'rent', 'stop-first', 'cut'])
export type Rung = z.infer<typeof rung>

/** Counting semaphores taken at `start` and given back at `stop`. null: no limit. */
export const migrationLimits = z.strictObject({
  inFlight: count.min(1).nullable().default(16),
  startsPerNode: count.min(1).nullable().default(2),
  perDeployment: count.min(1).nullable().default(null)
})
export type MigrationLimits = z.infer<typeof migrationLimits>

export const migrationOptions = z.strictObject({
  /** final: only the end counts. any-order: every order of the moves is safe. sequenced: one safe order exists. */
  level: z.enum(['final', 'any-order', 'sequenced']).default('sequenced'),
  rungs: z.array(rung).default(['reorder', 'relabel', 'delay-release', 'hop', 'cut']),
  limits: migrationLimits.prefault({}),
  deadlineSeconds: quantity.nullable().default(null)
})
export type MigrationOptions = z.infer<typeof migrationOptions>
