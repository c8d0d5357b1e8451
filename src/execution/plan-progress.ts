import { describeValue } from '../../models/contract/describe-input.js'
import type { InputIssue } from '../../models/contract/input-issues.js'
import { InputError } from '../../models/contract/parse.js'
import type { Plan } from '../../models/contract/plan.js'
import type { ExecutionReport } from './report.js'

/** How far a plan has been carried out. */
export interface PlanProgress {
  /** Ids of the steps that have ended; all of them when left out, which needs `begun` to be left out, too. */
  readonly ended?: Iterable<string>
  /** Ids of the steps that have begun and not ended; none when left out. */
  readonly begun?: Iterable<string>
}

/** The steps that have ended, and those that have begun and not ended; and the nodes that are gone. */
export interface ReadProgress {
  readonly ended: ReadonlySet<string>
  readonly begun: ReadonlySet<string>
  readonly lostNodes: ReadonlySet<string>
}

/** Reads how far a plan has got, by ids or from the report of its execution. Throws InputError. */
export function readProgress({ steps }: Plan, progress: PlanProgress | ExecutionReport): ReadProgress {
  if (typeof progress !== 'object' || progress === null) {
    const found = describeValue(progress)
    throw new InputError('progress', [{ path: '', found, expected: '{ ended, begun } or the report of an execution' }])
  }
  const isReport = 'steps' in progress
  const stated = isReport ? readReport(progress) : readIds(steps, progress)
  const known = new Set(steps.map(({ id }) => id))
  const unknown = [...stated.ended, ...stated.begun].filter((id) => !known.has(id))
  if (unknown.length > 0) {
    throw new InputError(
      'progress',
      unknown.map((id) => ({ path: '', found: describeValue(id), expected: 'the id of a step of the plan' }))
    )
  }
  return stated
}

/** What is stuck has begun, and nobody ended it. */
function readReport({ steps, lostNodes }: ExecutionReport): ReadProgress {
  const idsIn = (...states: readonly string[]) =>
    new Set(steps.flatMap(({ id, state }) => (states.includes(state) ? [id] : [])))
  return {
    ended: idsIn('done', 'skipped'),
    begun: idsIn('running', 'undoing', 'stuck'),
    lostNodes: new Set(lostNodes)
  }
}

function readIds(steps: Plan['steps'], progress: PlanProgress): ReadProgress {
  const { ended, begun } = progress
  const issues: InputIssue[] = Object.keys(progress)
    .filter((key) => key !== 'ended' && key !== 'begun')
    .map((key) => ({ path: key, found: 'an unknown key', expected: 'ended or begun' }))
  if (begun !== undefined && ended === undefined) {
    issues.push({
      path: 'ended',
      found: 'nothing',
      expected: 'the ids of the steps that have ended, as begun is given'
    })
  }
  for (const [path, ids] of Object.entries({ ended, begun })) {
    const isList = typeof ids === 'object' && ids !== null && Symbol.iterator in ids
    if (ids !== undefined && !isList) issues.push({ path, found: describeValue(ids), expected: 'a list of ids' })
  }
  if (issues.length > 0) throw new InputError('progress', issues)
  const over = new Set(ended ?? steps.map(({ id }) => id))
  return { ended: over, begun: new Set([...(begun ?? [])].filter((id) => !over.has(id))), lostNodes: new Set() }
}
