import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import canonicalize from 'canonicalize'
import type { Problem } from '../../models/contract/problem.js'

/**
 * SHA-256 of a Problem's canonical JSON (RFC 8785), every default filled in: `sha256:…` in hexadecimal. Not by the platform's own
 * `crypto.subtle`, which pages have only where they are served over HTTPS.
 */
export function fingerprint(problem: Problem): string {
  const text = (canonicalize as unknown as (value: unknown) => string)(problem)
  return `sha256:${bytesToHex(sha256(utf8ToBytes(text)))}`
}
