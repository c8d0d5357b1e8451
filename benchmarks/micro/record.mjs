/** What `npm run micro` keeps, and compares with. Files are read through this schema. */
import * as z from 'zod'
import { toInputIssues } from '../../dist/models/contract/input-issues.js'
import { InputError } from '../../dist/models/contract/parse.js'
import { readInput } from '../../dist/src/cli/input-file.js'

const milliseconds = z.number().positive()
const count = z.number().int().positive()

const timing = {
  /** Of the medians of the rounds. */
  medianMs: milliseconds,
  /** Of all samples: a quarter of them is below the first, a quarter above the second. */
  quartilesMs: z.tuple([milliseconds, milliseconds]),
  /** The median of each round: fewer would not tell how far they lie apart. */
  roundsMs: z.array(milliseconds).min(3),
  /** Samples of all rounds. */
  iterations: count
}

const taskRecord = z.strictObject({
  name: z.string().min(1),
  /** What came of the work, such as a cost: another number means other work. */
  outcome: z.number(),
  ...timing
})

const record = z.strictObject({
  schemaVersion: z.literal(1),
  /** ISO 8601, the day. */
  date: z.string(),
  /** With `+` where files differed from it; null outside of a checkout. */
  commit: z.string().nullable(),
  machine: z.strictObject({ cpu: z.string(), cores: count, memoryGiB: z.number(), architecture: z.string() }),
  versions: z.strictObject({ node: z.string(), package: z.string(), highs: z.string() }),
  /** processor: time that the processor gave to the process alone. */
  clock: z.enum(['processor', 'wall']),
  /** Work that has nothing to do with the package. */
  calibration: z.strictObject(timing),
  tasks: z.array(taskRecord).check(({ value, issues }) => {
    const again = value.findIndex(({ name }, place) => value.findIndex((other) => other.name === name) < place)
    if (again >= 0) issues.push({ code: 'custom', input: value, path: [again, 'name'], message: 'every task once' })
  })
})

/** @typedef {z.infer<typeof record>} MicroRecord */
/** @typedef {z.infer<typeof taskRecord>} TaskRecord */
/** @typedef {MicroRecord['calibration']} Timing */

/** Throws InputError: every place that is wrong, what stands there and what should. @type {(value: unknown) => MicroRecord} */
export function parseRecord(value) {
  const read = record.safeParse(value)
  if (read.success) return read.data
  const issues = read.error.issues
    .flatMap((issue) => toInputIssues(issue, value, record))
    // Its hints are about Problems.
    .map(({ path, found, expected }) => ({
      path,
      found,
      expected: path === '' ? 'what -o of npm run micro writes' : expected
    }))
  throw new InputError('record', issues)
}

/** Throws an error that names the file and the place in it. @type {(file: string) => Promise<MicroRecord>} */
export const readRecord = (file) => readInput(file, parseRecord)
