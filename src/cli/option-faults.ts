import type { InputError } from '../../models/contract/parse.js'
import type { CompactOptions } from '../index.js'
import { UsageError } from './failure.js'

/** How the command line calls the options of `compact`, and those of questions about capacity. */
const NAMES: Readonly<Partial<Record<string, string>>> = {
  deployments: '--deployment',
  losses: '--loss',
  node: '--node',
  replica: '--replica',
  ...({
    timeLimitMs: '--time-limit',
    relativeGap: '--gap',
    maxMigrations: '--max-migrations',
    maxMoveCost: '--max-move-cost',
    solver: '--solver',
    threads: '--threads',
    seed: '--seed'
  } satisfies Partial<Record<keyof CompactOptions, string>>)
}

/** What is wrong with options, in the words of the command line: `--solver glpk: glpk.js is not installed; …`. */
export function blameOptions({ issues }: InputError): UsageError {
  const lines = issues.map(({ path, found, expected, hint }) => {
    const value = found.replace(/^"(.*)"$/, '$1')
    // One of a list is an option that was given again.
    const name = path.replace(/\[\d+\]$/, '')
    return `${NAMES[name] ?? path} ${value}: ${hint ?? `expected ${expected}`}`
  })
  return new UsageError(lines.join('\n  '))
}
