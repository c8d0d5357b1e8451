import type { Queue } from 'bullmq'
import * as z from 'zod'
import { count, identifier } from '../../models/contract/quantities.js'
import { change } from '../capacity/changes/change.js'
import { scenarioOptions } from '../capacity/sweep/sweep-plan.js'
import { VERSION } from '../version.js'

/** What a job of the queue says: a scenario, and under which key its base Problem is kept. Its id is that of the scenario. */
export const scenarioJob = z.strictObject({
  schemaVersion: z.literal(1),
  version: z.string(),
  problem: z.string(),
  id: identifier,
  labels: z.array(z.string()),
  seed: count,
  changes: z.array(change),
  options: scenarioOptions.required({ workLimit: true, timeLimitSeconds: true })
})
export type ScenarioJob = z.infer<typeof scenarioJob>

/** What jobs are called. */
export const JOB_NAME = 'scenario'

export const DEFAULT_QUEUE = 'replica-compactor'

/** The queue's name in Redis: each version of this package has queues of its own, since another may answer otherwise. */
export function nameQueue(name: string): string {
  return `${name}-${VERSION}`
}

/** Seconds that a base Problem is kept after the last of those who wait for its scenarios was there. */
const KEPT_SECONDS = 24 * 3600

/** Keeps a base Problem, or goes on keeping it. */
export async function keepProblem(queue: Queue, fingerprint: string, text: string): Promise<void> {
  const client = await queue.backend.client
  await client.set(keyOf(queue, fingerprint), text, { EX: KEPT_SECONDS })
}

/** The text of a base Problem; null where it is not kept any more. */
export async function findProblem(queue: Queue, fingerprint: string): Promise<string | null> {
  const client = await queue.backend.client
  return await client.get(keyOf(queue, fingerprint))
}

function keyOf(queue: Queue, fingerprint: string): string {
  return queue.toKey(`problem-${fingerprint.replace(/^sha256:/, '')}`)
}
