import { isAbsolute, relative } from 'node:path'
import type { Call } from '../report/text/next-steps.js'

/** How to call the command again on the same files, from the same folder. */
export function describeCall(
  verb: Call['verb'],
  [problem, ...others]: Call['files'],
  output: string | undefined
): Call {
  return {
    // What npm starts stands on nobody's path; and only `npx` leaves stdout to the command alone.
    command: process.env.npm_lifecycle_event === undefined ? 'replica-compactor' : 'npx replica-compactor',
    verb,
    files: [describeFile(problem, 'PROBLEM'), ...others.map((path) => describeFile(path, 'PLACEMENT'))],
    ...(output === undefined ? {} : { output })
  }
}

function describeFile(path: string, name: string): string {
  if (path === '-') return name
  const fromHere = relative('', path)
  return isAbsolute(path) && !fromHere.startsWith('..') ? fromHere : path
}
