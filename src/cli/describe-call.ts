import { isAbsolute, relative } from 'node:path'
import type { Problem } from '../../models/contract/problem.js'
import { importedFrom } from '../adapters/problem-source.js'
import type { Call } from '../report/text/next-steps.js'

/** How to call the command again on the same files, from the same folder. */
export function describeCall(
  verb: Call['verb'],
  [path, ...others]: Call['files'],
  problem: Problem,
  output: string | undefined
): Call {
  const system = importedFrom(problem)
  return {
    // What npm starts stands on nobody's path; and only `npx` leaves stdout to the command alone.
    command: process.env.npm_lifecycle_event === undefined ? 'replica-compactor' : 'npx replica-compactor',
    verb,
    files: [describeFile(path, 'PROBLEM'), ...others.map((other) => describeFile(other, 'PLACEMENT'))],
    ...(output === undefined ? {} : { output }),
    ...(system === undefined ? {} : { system })
  }
}

function describeFile(path: string, name: string): string {
  if (path === '-') return name
  const fromHere = relative('', path)
  return isAbsolute(path) && !fromHere.startsWith('..') ? fromHere : path
}
