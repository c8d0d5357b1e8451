import { playwright } from '@vitest/browser-playwright'
import type { TestProjectConfiguration } from 'vitest/config'
import { chromiumArgs } from './chromium-args.js'
import { findTool } from './needed-tools.js'

declare module 'vitest' {
  interface ProvidedContext {
    /** Whether the server of this project asks for isolation. */
    readonly asksForIsolation: boolean
  }
}

/** Tests that run in pages only. */
export const pageTests = 'test/workers/browser/*.test.ts'

/** What a server must send so that a page may share memory with its workers. */
const isolating = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp'
}

/** The worker tests in headless Chromium: in a page as any, and in one isolated from other origins. None without Chromium. */
export function browserProjects(): TestProjectConfiguration[] {
  const executablePath = findTool('chromium')
  if (executablePath === null) return []
  const inPages = (name: string, groupOrder: number, headers: Record<string, string>): TestProjectConfiguration => ({
    extends: true,
    // What Node has in `platform.ts`, pages have in `platform.browser.ts`; the tests themselves are the same.
    resolve: { alias: [{ find: /^(\..*\/)(platform|endpoint)\.(m?js)$/, replacement: '$1$2.browser.$3' }] },
    server: { headers },
    optimizeDeps: {
      // A package that is found only while tests run makes Vite load the page anew, under the tests: so all are named.
      noDiscovery: true,
      include: ['canonicalize', 'comlink', 'javascript-lp-solver', 'zod'],
      // These find their WebAssembly beside themselves.
      exclude: ['highs', 'glpk.js']
    },
    worker: { format: 'es' },
    test: {
      include: ['test/workers/*.test.ts', pageTests],
      // One project after the other: their tests start threads, and those of Node keep deadlines.
      sequence: { groupOrder },
      provide: { asksForIsolation: headers === isolating },
      browser: {
        enabled: true,
        headless: true,
        screenshotFailures: false,
        provider: playwright({ launchOptions: { executablePath, args: chromiumArgs } }),
        instances: [{ browser: 'chromium', name }]
      }
    }
  })
  return [inPages('chromium', 1, {}), inPages('chromium-isolated', 2, isolating)]
}
