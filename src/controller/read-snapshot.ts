import { describeValue, formatPath } from '../../models/contract/describe-input.js'
import type { InputIssue } from '../../models/contract/input-issues.js'
import { InputError, parseProblem } from '../../models/contract/parse.js'
import type { Problem } from '../../models/contract/problem.js'
import type { Moment } from './snapshot.js'

/** A Snapshot as a controller works with it. */
export interface Observation {
  readonly problem: Problem
  /** By replica, in milliseconds. */
  readonly startedAt: ReadonlyMap<string, number>
  /** Nodes of the Problem that a plan of ours closed. */
  readonly ownCordons: readonly string[]
}

/** What is wrong with a Snapshot is named so often at most. */
const MOST_ISSUES = 20

/** Reads a Snapshot, or a Problem alone. Throws InputError. */
export function readSnapshot(given: unknown): Observation {
  const isSnapshot = typeof given === 'object' && given !== null && Object.hasOwn(given, 'problem')
  if (!isSnapshot) return { problem: parseProblem(given), startedAt: new Map(), ownCordons: [] }
  const { problem, startedAt, ownCordons } = given as Readonly<Record<string, unknown>>
  const read = parseProblem(problem)
  const issues: InputIssue[] = []
  const moments = readMoments(startedAt, issues)
  const isList = Array.isArray(ownCordons) && ownCordons.every((id) => typeof id === 'string')
  if (ownCordons !== undefined && !isList) {
    issues.push({ path: 'ownCordons', found: describeValue(ownCordons), expected: 'a list of ids of nodes' })
  }
  if (issues.length > 0) throw new InputError('snapshot', issues.slice(0, MOST_ISSUES))
  const closed = new Set(isList ? (ownCordons as readonly string[]) : [])
  const own = read.nodes.filter(({ id, acceptsReplicas }) => closed.has(id) && !acceptsReplicas)
  return { problem: read, startedAt: moments, ownCordons: own.map(({ id }) => id) }
}

function readMoments(given: unknown, issues: InputIssue[]): Map<string, number> {
  const moments = new Map<string, number>()
  if (given === undefined) return moments
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    const expected = 'a Map or an object, by id of the replica'
    issues.push({ path: 'startedAt', found: describeValue(given), expected })
    return moments
  }
  for (const [id, moment] of given instanceof Map ? given : Object.entries(given)) {
    const at = toMilliseconds(moment as Moment)
    if (at !== null) moments.set(String(id), at)
    else {
      const expected = 'a Date, a time such as 2026-11-01T08:00:00Z, or milliseconds'
      issues.push({ path: formatPath(['startedAt', String(id)]), found: describeValue(moment), expected })
    }
  }
  return moments
}

function toMilliseconds(moment: unknown): number | null {
  const at = typeof moment === 'string' ? Date.parse(moment) : moment instanceof Date ? moment.getTime() : moment
  return typeof at === 'number' && Number.isFinite(at) ? at : null
}
