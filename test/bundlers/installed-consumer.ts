import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect } from 'vitest'
import { pack, root } from '../package/packed.js'

/** Of the consumer's problem; greedy alone neither finds nor proves it. */
export const optimum = {
  cost: 33,
  bound: 33,
  gap: 0,
  producer: expect.stringMatching(/^(mip|column-generation|local-search)$/),
  solver: 'highs'
}

/**
 * A folder of its own that has, when the tests of this suite begin, the consumer in it, and in its `node_modules` what
 * `npm install` puts there: the packed package, its dependencies, and glpk.js beside them. Gone when they have ended.
 */
export function installConsumer(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'replica-compactor-bundle-')))
  beforeAll(() => fill(folder), 120_000)
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

function fill(folder: string): void {
  cpSync(fileURLToPath(new URL('consumer', import.meta.url)), folder, { recursive: true })
  const home = join(folder, 'node_modules/replica-compactor')
  mkdirSync(home, { recursive: true })
  execFileSync('tar', ['-xzf', pack().tarball, '-C', home, '--strip-components=1'])
  const { dependencies } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'))
  for (const name of [...Object.keys(dependencies), 'glpk.js']) {
    cpSync(join(root, 'node_modules', name), join(folder, 'node_modules', name), { recursive: true })
  }
}
