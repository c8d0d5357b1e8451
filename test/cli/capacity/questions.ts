import { fileURLToPath } from 'node:url'
import { type CommandOutcome, QUICKSTART, runCommand } from '../run-command.js'

/** A study with a forecast, reservations, commitments, quotas and floors, answered in a moment. */
export const STUDY = fileURLToPath(new URL('../../../fixtures/capacity/small.study.yaml', import.meta.url))

/** Each question about one of the two, with little work: so much of it that there is an answer, and the same every time. */
export const questions: Readonly<Record<string, readonly string[]>> = {
  mix: ['mix', STUDY, '--work-limit', '300'],
  horizon: ['horizon', STUDY, '--time-limit', '20'],
  reach: ['reach', QUICKSTART, '--work-limit', '300', '--deployment', 'chat'],
  survive: ['survive', QUICKSTART, '--work-limit', '300'],
  compaction: ['compaction', QUICKSTART, '--work-limit', '300', '--trials', '3'],
  curve: ['curve', QUICKSTART, '--work-limit', '300', '--move-price', '0.5', '--limits', '0,1,3'],
  holes: ['holes', QUICKSTART, '--work-limit', '300'],
  'what-if': ['what-if', QUICKSTART, '--work-limit', '300', '--change', 'growth:1.2', '--change', 'price:2'],
  sweep: ['sweep', QUICKSTART, '--work-limit', '100', '--axis', 'growth=none|growth:1.5', '--seeds', '1-2']
}

/** Asks a question in a process of its own, without talk. */
export function ask(kind: string, ...more: readonly string[]): Promise<CommandOutcome> {
  return runCommand(['capacity', ...(questions[kind] ?? []), '--quiet', ...more])
}
