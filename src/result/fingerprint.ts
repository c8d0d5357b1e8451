import canonicalize from 'canonicalize'
import type { Problem } from '../../models/contract/problem.js'

/** SHA-256 of a Problem's canonical JSON (RFC 8785), every default filled in: `sha256:…` in hexadecimal. */
export async function fingerprint(problem: Problem): Promise<string> {
  const text = (canonicalize as unknown as (value: unknown) => string)(problem)
  const digest = await globalThis.crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  const bytes = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0'))
  return `sha256:${bytes.join('')}`
}
