import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { execPath } from 'node:process'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))

/** The tarball that `npm publish` would send, and what is in it; sizes in bytes. */
export interface Packed {
  readonly tarball: string
  readonly size: number
  readonly unpackedSize: number
  readonly files: readonly { readonly path: string; readonly size: number }[]
}

/** Packs the sources as they are; the same ones only once. */
export function pack(): Packed {
  return JSON.parse(execFileSync(execPath, ['scripts/pack.mjs'], { cwd: root, encoding: 'utf8' }))
}

/** Puts the packed package where Node looks for it, without what it depends on. */
export function unpackInto(modules: string): void {
  const home = join(modules, 'replica-compactor')
  mkdirSync(home, { recursive: true })
  execFileSync('tar', ['-xzf', pack().tarball, '-C', home, '--strip-components=1'])
}
