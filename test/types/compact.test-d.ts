/** The calls, their options, the run and what it rejects with. */
import {
  type Assignment,
  type CompactOptions,
  type CompactRun,
  compact,
  exportProgram,
  type IncumbentUpdate,
  InputError,
  type InputIssue,
  type Placement,
  type Problem,
  type Producer,
  type Progress,
  parsePlacement,
  type parseProblem,
  type parseResult,
  type Result,
  type SolverChoice,
  sequence,
  stayIsLegal,
  type Violation,
  type verifyPlacement,
  type verifyPlan,
  type verifyResult
} from 'replica-compactor'
import { holds, type Same } from './same.js'

declare const anything: unknown
declare const problem: Problem

holds<
  Same<
    keyof CompactOptions,
    | 'timeLimitMs'
    | 'relativeGap'
    | 'seed'
    | 'workLimit'
    | 'threads'
    | 'solver'
    | 'searches'
    | 'executableOn'
    | 'maxMigrations'
    | 'maxMoveCost'
    | 'start'
    | 'profile'
    | 'certificate'
    | 'signal'
    | 'onProgress'
    | 'createWorker'
  >
>()
holds<Same<CompactOptions, Readonly<Partial<CompactOptions>>>>()
holds<Same<NonNullable<CompactOptions['timeLimitMs']>, number>>()
holds<Same<SolverChoice, 'auto' | 'highs' | 'glpk' | 'javascript-lp-solver' | 'greedy'>>()
holds<Same<NonNullable<CompactOptions['solver']>, SolverChoice>>()
holds<Same<Parameters<NonNullable<CompactOptions['onProgress']>>, [progress: Progress]>>()
holds<Same<Progress, Readonly<Progress>>>()
holds<Same<Progress['phase'], 'greedy' | 'placement' | 'moves' | 'sequence' | 'check'>>()

export async function calls(): Promise<void> {
  const run = compact(anything)
  holds<Same<typeof run, CompactRun>>()
  for await (const update of run) holds<Same<typeof update, IncumbentUpdate>>()
  const result = await run
  holds<Same<typeof result, Result>>()
  const placement = await sequence(anything, parsePlacement(result), { timeLimitMs: 1, seed: 1 })
  holds<Same<typeof placement, Result>>()
  compact(anything, { start: result })
  compact(anything, { start: parsePlacement(result) })
  compact(anything, { start: anything ?? {} })
  run.interrupt()
}

holds<Same<IncumbentUpdate, Readonly<IncumbentUpdate>>>()
holds<Same<IncumbentUpdate['placement'], readonly Assignment[]>>()
holds<Same<IncumbentUpdate['producer'], Producer>>()
holds<Same<ReturnType<typeof parseProblem>, Problem>>()
holds<Same<ReturnType<typeof parsePlacement>, Placement>>()
holds<Same<ReturnType<typeof parseResult>, Result>>()
holds<Same<ReturnType<typeof verifyResult>, Violation[]>>()
holds<Same<ReturnType<typeof verifyPlan>, Violation[]>>()
holds<Same<ReturnType<typeof verifyPlacement>, Violation[]>>()
holds<Same<ReturnType<typeof stayIsLegal>, boolean>>()

export const texts: string[] = [exportProgram(problem, 'lp'), exportProgram(anything, 'mps')]

declare const thrown: unknown
if (thrown instanceof InputError) {
  holds<Same<typeof thrown.code, 'invalid-input'>>()
  holds<Same<typeof thrown.issues, readonly InputIssue[]>>()
  holds<Same<typeof thrown.subject, string>>()
}
holds<
  Same<InputIssue, { readonly path: string; readonly found: string; readonly expected: string; readonly hint?: string }>
>()

export const workers: CompactOptions[] = [
  { createWorker: () => ({ postMessage() {}, terminate() {} }) },
  { solver: 'greedy', threads: 2, relativeGap: 0, maxMigrations: 3, maxMoveCost: 1.5 }
]
// @ts-expect-error Times have their unit in their name.
compact(anything, { timeLimit: 5 })
// @ts-expect-error There is no such solver.
compact(anything, { solver: 'simplex' })
// @ts-expect-error There is no such format.
exportProgram(anything, 'json')
// @ts-expect-error Only the migration: nothing is solved.
sequence(anything, anything, { threads: 2 })
// @ts-expect-error What is not read yet may be anything.
stayIsLegal(anything)
