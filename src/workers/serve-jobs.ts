import { type Endpoint, expose, transfer, transferHandlers } from 'comlink'
import { describeError } from './error-transfer.js'
import { type JobTimes, wallClock } from './job-times.js'
import type { Job } from './jobs/job.js'
import { type JobKind, jobs } from './jobs/jobs.js'

/** What a worker does for its parent, by comlink. */
export interface JobServer {
  /** Answers as soon as the thread has started. */
  ping(): void
  /** `flag`, where memory can be shared, becomes 1 to ask the job to end. */
  run(kind: JobKind, input: unknown, call: number, flag: Int32Array | null): Promise<unknown>
}

/** Progress goes around comlink: in the same line as the answer, so that none arrives after it or is lost. */
export interface ProgressMessage {
  readonly call: number
  readonly progress: unknown
}

/** When a job was begun and answered, by `wallClock`; sent before its answer. */
export interface TimesMessage {
  readonly call: number
  readonly times: JobTimes
}

/** Makes this thread a worker that serves jobs, one at a time. */
export function serveJobs(endpoint: Endpoint): void {
  carryErrors()
  const server: JobServer = {
    ping: () => {},
    run: async (kind, input, call, flag) => {
      const begunAt = wallClock()
      const job = (await jobs[kind]()) as Job<unknown, unknown, unknown>
      const output = await job.run(input, {
        report: (progress, transferables) => {
          endpoint.postMessage({ call, progress } satisfies ProgressMessage, transferables)
        },
        cancelled: () => flag !== null && Atomics.load(flag, 0) === 1
      })
      endpoint.postMessage({ call, times: { begunAt, answeredAt: wallClock() } } satisfies TimesMessage)
      return isObject(output) ? transfer(output, job.transferables(output)) : output
    }
  }
  expose(server, endpoint)
}

/** comlink drops `code`, `cause` and the rest of an error. This realm is ours alone, so its handler can be replaced. */
function carryErrors(): void {
  const original = transferHandlers.get('throw')
  if (original === undefined) throw new Error('comlink has no handler for what is thrown')
  transferHandlers.set('throw', {
    ...original,
    serialize: (thrown: { value: unknown }) => [{ isError: true, value: describeError(thrown.value) }, []]
  })
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
