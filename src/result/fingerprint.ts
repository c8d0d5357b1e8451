import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import canonicalize from 'canonicalize'
import type { Plan } from '../../models/contract/plan.js'
import type { Problem } from '../../models/contract/problem.js'

/**
 * SHA-256 of a Problem's canonical JSON (RFC 8785), every default filled in: `sha256:…` in hexadecimal. Not by the platform's own
 * `crypto.subtle`, which pages have only where they are served over HTTPS.
 */
export function fingerprint(problem: Problem): string {
  const text = (canonicalize as unknown as (value: unknown) => string)(problem)
  return `sha256:${sha256Of(text)}`
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

function sha256Of(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)))
}
