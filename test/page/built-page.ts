import { join } from 'node:path'
import { build } from 'vite'
import { beforeAll, vi } from 'vitest'
import { root } from '../package/packed.js'
import { makeFolder } from '../scratch-folder.js'

/** A folder that has, when the tests of this suite begin, the page as `npm run page:build` makes it. */
export function needBuiltPage(): string {
  const folder = makeFolder()
  beforeAll(async () => {
    vi.stubEnv('NODE_ENV', 'production')
    const home = join(root, 'src/page')
    try {
      await build({
        root: home,
        configFile: join(home, 'vite.config.ts'),
        logLevel: 'warn',
        build: { outDir: folder }
      })
    } finally {
      vi.unstubAllEnvs()
    }
  }, 120_000)
  return folder
}
