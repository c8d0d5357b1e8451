import type { Plan } from '../../models/contract/plan.js'
import type { Problem } from '../../models/contract/problem.js'
import { canonicalJson, sha256Of } from '../hash.js'

/** SHA-256 of a Problem's canonical JSON (RFC 8785), every default filled in: `sha256:…` in hexadecimal. */
export function fingerprint(problem: Problem): string {
  return `sha256:${sha256Of(canonicalJson(problem))}`
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
