import * as z from 'zod'
import { count, identifier } from '../../../models/contract/quantities.js'
import { schemaVersion } from '../../../models/contract/schema-version.js'
import { canonicalJson } from '../../hash.js'
import type { Sweep } from './sweep.js'
import { scenarioOptions } from './sweep-plan.js'

const named = z.strictObject({ id: identifier, labels: z.array(z.string()), seed: count })
/** A scenario without its changes. */
export type NamedScenario = z.infer<typeof named>

/** The first line of a sweep's journal: all that is needed to know what belongs to it and what is missing. */
export const sweepHeader = z.strictObject({
  kind: z.literal('replica-compactor-sweep'),
  schemaVersion,
  sweep: identifier,
  name: z.string().optional(),
  version: z.string(),
  study: z.strictObject({ name: z.string().optional(), fingerprint: z.string() }),
  axes: z.array(z.strictObject({ name: z.string(), labels: z.array(z.string()) })),
  seeds: z.array(count),
  options: scenarioOptions,
  scenarios: z.array(named)
})
export type SweepHeader = z.infer<typeof sweepHeader>

export function headerOf(sweep: Sweep): SweepHeader {
  const { id, name, version, problem, fingerprint, axes, seeds, options, scenarios } = sweep
  return {
    kind: 'replica-compactor-sweep',
    schemaVersion: 1,
    sweep: id,
    ...(name === undefined ? {} : { name }),
    version,
    study: { ...(problem.name === undefined ? {} : { name: problem.name }), fingerprint },
    axes: axes.map((axis) => ({ name: axis.name, labels: [...axis.labels] })),
    seeds: [...seeds],
    options,
    scenarios: scenarios.map((scenario) => ({ id: scenario.id, labels: [...scenario.labels], seed: scenario.seed }))
  }
}

/** What makes one sweep another one, in words; undefined where they are the same. */
export function differenceOf(header: SweepHeader, own: SweepHeader): string | undefined {
  if (header.sweep === own.sweep) return undefined
  if (header.version !== own.version) return `one that version ${header.version} began, and this is ${own.version}`
  if (header.study.fingerprint !== own.study.fingerprint) return 'one of another problem'
  const isSame = (key: 'options' | 'axes' | 'seeds') => canonicalJson(header[key]) === canonicalJson(own[key])
  if (!isSame('options')) return 'one with other options'
  return isSame('axes') && isSame('seeds') ? 'one with other changes' : 'one with other axes or seeds'
}
