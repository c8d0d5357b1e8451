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
  return `sha256:${hashOf(problem)}`
}

/** Names a plan after the Problem and its steps: the same plan has the same name, another one has another. */
export function planId(problemFingerprint: string, { steps }: Pick<Plan, 'steps'>): string {
  return `plan-${hashOf([problemFingerprint, steps]).slice(0, 16)}`
}

function hashOf(value: unknown): string {
  const text = (canonicalize as unknown as (value: unknown) => string)(value)
  return bytesToHex(sha256(utf8ToBytes(text)))
}
