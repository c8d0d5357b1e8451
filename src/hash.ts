import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import canonicalize from 'canonicalize'

/** SHA-256 in hexadecimal. Not by the platform's own `crypto.subtle`, which pages have only where they are served over HTTPS. */
export function sha256Of(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)))
}

/** A value's canonical JSON (RFC 8785): the same text for the same value, whatever the order of its keys. */
export function canonicalJson(value: unknown): string {
  return (canonicalize as unknown as (value: unknown) => string)(value)
}
