import type { Plan } from '../../models/contract/plan.js'
import type { Problem } from '../../models/contract/problem.js'
import type { Result } from '../../models/contract/result.js'
import { canonicalJson, sha256Of } from '../hash.js'

/** SHA-256 of a Problem's canonical JSON (RFC 8785), every default filled in: `sha256:…` in hexadecimal. */
export function fingerprint(problem: Problem): string {
  return `sha256:${sha256Of(canonicalJson(problem))}`
}

/** What an answer says of the Problem that it answers; `hash` is its fingerprint. */
export function identityOf({ name }: Pick<Problem, 'name'>, hash: string): Result['problem'] {
  return { ...(name !== undefined && { name }), fingerprint: hash }
}

/**
 * Names a plan after the Problem and its steps, whose ids say what is done to whom: the same plan has the same name, one with other
 * steps, devices or times another.
 */
export function planId(problemFingerprint: string, { steps }: Pick<Plan, 'steps'>): string {
  const told = steps.map((step) => [
    step.id,
    step.startSeconds,
    step.endSeconds,
    step.action === 'start' ? Object.entries(step.devices ?? {}) : 0
  ])
  return `plan-${sha256Of(JSON.stringify([problemFingerprint, told])).slice(0, 16)}`
}
