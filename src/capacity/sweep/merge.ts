import type { InputIssue } from '../../../models/contract/input-issues.js'
import { InputError } from '../../../models/contract/parse.js'
import { comparable, type ScenarioRecord } from './scenario-record.js'
import { answerOf, type SweepAnswer } from './sweep-answer.js'
import { differenceOf } from './sweep-header.js'
import type { SweepRecords } from './sweep-journal.js'

/**
 * One answer from the journals of a sweep's shards. What none of them has is listed as missing. Throws InputError for journals of
 * different sweeps, records that belong to none of its scenarios, and answers that contradict each other: under a work limit the same
 * scenario has the same answer everywhere, but for its seconds.
 */
export function mergeSweeps(journals: readonly SweepRecords[]): SweepAnswer {
  const [first] = journals
  if (first === undefined)
    throw new InputError('journals', [{ path: '', found: 'none', expected: 'at least one journal' }])
  const issues: InputIssue[] = []
  const known = new Set(first.header.scenarios.map(({ id }) => id))
  const seen = new Map<string, { readonly record: ScenarioRecord; readonly place: string }>()
  let again = 0
  for (const { name, header, records } of journals) {
    const difference = differenceOf(header, first.header)
    if (difference !== undefined) {
      issues.push({
        path: name,
        found: `another sweep than ${first.name}: ${difference}`,
        expected: 'journals of one sweep'
      })
      continue
    }
    for (const [index, record] of records.entries()) {
      // The first line of the file is the header.
      const place = `${name}, line ${index + 2}`
      if (!known.has(record.id)) {
        issues.push({
          path: place,
          found: `a record of ${describe(record)}, ${record.id}`,
          expected: 'a scenario of the sweep'
        })
        continue
      }
      const earlier = seen.get(record.id)
      const isFailed = record.termination === 'failed'
      if (earlier === undefined || (earlier.record.termination === 'failed' && !isFailed)) {
        seen.set(record.id, { record, place })
      } else if (!isFailed) {
        again++
        if (comparable(record) === comparable(earlier.record)) continue
        issues.push({
          path: place,
          found: `${summarise(record)} for ${describe(record)}`,
          expected: `${summarise(earlier.record)}, as ${earlier.place} says`,
          hint:
            header.options.timeLimitSeconds === null
              ? 'under a work limit both must be the same: one of them was changed, or made by another build'
              : 'with a time limit answers differ from run to run: leave one of the journals out'
        })
      }
    }
  }
  if (issues.length > 0) throw new InputError('journals', issues)
  const notes = again === 0 ? [] : [`${again} records are there more than once, and agree`]
  return answerOf(
    first.header,
    [...seen.values()].map(({ record }) => record),
    { notes }
  )
}

function describe({ labels, seed }: ScenarioRecord): string {
  return [...labels, `seed ${seed}`].join(', ')
}

function summarise({ termination, objective, bound }: ScenarioRecord): string {
  const cost = objective === null ? [] : [`cost ${objective.costPerHour}`, `${objective.migrations} migrations`]
  return [termination, ...cost, ...(bound === null ? [] : [`bound ${bound}`])].join(', ')
}
