/** What a page may write; compiled with the types of browsers and without those of Node. */
import { type CompactRun, compact } from 'replica-compactor'
import schema from 'replica-compactor/schemas/problem.schema.json' with { type: 'json' }

declare const somewhat: unknown

const run: CompactRun = compact(somewhat, {
  createWorker: () => new Worker('solver-worker.js', { type: 'module' }),
  signal: AbortSignal.timeout(1000)
})
export const endings: readonly Promise<unknown>[] = [
  run.then(({ termination }) => termination).finally(() => {}),
  run.catch(() => null),
  run.finally(() => {})
]
export const draft: string = schema.$schema
