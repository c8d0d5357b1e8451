/** What `npm run versions` keeps: benchmarks/results/versions.json. */
import * as z from 'zod'

/** One instance, solved once by the command of one version. */
const run = z.strictObject({
  instance: z.string(),
  seed: z.number().int(),
  /** Per hour, counted again from the placement; null: none that holds. */
  cost: z.number().nullable(),
  bound: z.number().nullable(),
  seconds: z.number(),
  /** What the checker of today finds wrong with the placement; null: nothing. */
  wrong: z.string().nullable()
})

const version = z.strictObject({
  /** As in package.json. */
  version: z.string(),
  commit: z.string(),
  /** Of the commit, ISO 8601. */
  date: z.string(),
  /** What was new, in words. */
  title: z.string(),
  runs: z.array(run)
})

export const versionsReport = z.strictObject({
  schemaVersion: z.literal(1),
  date: z.string(),
  commit: z.string().nullable(),
  machine: z.strictObject({ cpu: z.string(), cores: z.number().int(), memoryGiB: z.number() }),
  versions: z.strictObject({ node: z.string(), package: z.string(), highs: z.string() }),
  threads: z.number().int(),
  limitSeconds: z.number(),
  /** In the order of their dates. */
  measured: z.array(version)
})

/** @typedef {z.infer<typeof run>} VersionRun */
/** @typedef {z.infer<typeof version>} MeasuredVersion */
/** @typedef {z.infer<typeof versionsReport>} VersionsReport */
