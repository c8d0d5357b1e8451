import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll } from 'vitest'
import { pack, root } from '../package/packed.js'

/** What Greedy alone cannot prove, of the problem of the consumer. */
export const optimum = { cost: 33, bound: 33, gap: 0, producer: 'mip', solver: 'highs' }

/**
 * A folder of its own with the consumer in it, and in its `node_modules` what `npm install` puts there: the packed package, its
 * dependencies, and glpk.js beside them. Gone when the tests of this file have ended.
 */
export function installConsumer(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'replica-compactor-bundle-')))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  cpSync(fileURLToPath(new URL('consumer', import.meta.url)), folder, { recursive: true })
  const home = join(folder, 'node_modules/replica-compactor')
  mkdirSync(home, { recursive: true })
  execFileSync('tar', ['-xzf', pack().tarball, '-C', home, '--strip-components=1'])
  const { dependencies } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'))
  for (const name of [...Object.keys(dependencies), 'glpk.js']) {
    cpSync(join(root, 'node_modules', name), join(folder, 'node_modules', name), { recursive: true })
  }
  return folder
}
