import * as z from 'zod'
import type { InputIssue } from '../../../models/contract/input-issues.js'
import { InputError, parseProblem } from '../../../models/contract/parse.js'
import { parseValue } from '../../../models/contract/parse-value.js'
import type { Problem, ProblemInput } from '../../../models/contract/problem.js'
import type { Unchecked } from '../../../models/contract/unchecked.js'
import { type Change, type ChangeInput, change, kindOf } from './change.js'
import { formatChange } from './change-line.js'

/** A list of changes. Throws InputError. */
export function parseChanges(value: unknown): Change[] {
  return parseValue('changes', z.array(change), value, 'a list of changes [{ kind, … }]')
}

/**
 * The Problem after changes, made one after the other; what is given stays as it is. Throws InputError: for what is no Problem or no
 * change, with the change and what it refers to where the Problem has no such thing, and with the change after which the Problem
 * is none any more.
 */
export function applyChanges(problem: Unchecked<ProblemInput>, changes: Unchecked<readonly ChangeInput[]>): Problem {
  return makeChanges(parseProblem(problem), parseChanges(changes))
}

/** The same for what was read already. */
export function makeChanges(problem: Problem, changes: readonly Change[]): Problem {
  const stages = [problem]
  const issues: InputIssue[] = []
  for (const [index, one] of changes.entries()) {
    const before = stages.at(-1) as Problem
    stages.push(
      kindOf(one).apply(before, one, (path, found, expected, hint) =>
        issues.push({
          path: joinPath(`changes[${index}]`, path),
          found,
          expected,
          hint: [`in ${formatChange(one)}`, ...(hint === undefined ? [] : [hint])].join('; ')
        })
      )
    )
    if (issues.length > 0) throw new InputError('changes', issues)
  }
  if (changes.length === 0) return problem
  try {
    return parseProblem(stages.at(-1))
  } catch (error) {
    throw error instanceof InputError ? blame(error, stages, changes) : error
  }
}

/** Names the change that made a Problem into none: the last before which it still was one. */
function blame({ issues }: InputError, stages: readonly Problem[], changes: readonly Change[]): InputError {
  const index = Math.max(0, stages.slice(0, -1).map(isProblem).lastIndexOf(true))
  const hint = `after ${formatChange(changes[index] as Change)}`
  return new InputError(
    'changes',
    issues.map((issue) => ({
      ...issue,
      path: `changes[${index}], problem ${issue.path}`.trimEnd(),
      hint: [hint, ...(issue.hint === undefined ? [] : [issue.hint])].join('; ')
    }))
  )
}

function isProblem(value: unknown): boolean {
  try {
    parseProblem(value)
    return true
  } catch {
    return false
  }
}

function joinPath(base: string, path: string): string {
  return path === '' || path.startsWith('[') ? base + path : `${base}.${path}`
}
