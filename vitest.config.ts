import { fileURLToPath } from 'node:url'
import { configDefaults, defineConfig } from 'vitest/config'
import { browserProjects, pageTests } from './test/browser-projects.js'
import { ClosingLineReporter } from './test/closing-line-reporter.js'

const built = (path: string) => fileURLToPath(new URL(`./dist/${path}`, import.meta.url))

export default defineConfig({
  resolve: {
    // Tests of the public package run on what is built; all others import sources by relative paths.
    alias: [
      { find: /^replica-compactor$/, replacement: built('src/index.js') },
      { find: /^replica-compactor\/models$/, replacement: built('models/index.js') },
      { find: /^replica-compactor\/file-journal$/, replacement: built('src/execution/file-journal.js') },
      { find: /^replica-compactor\/capacity$/, replacement: built('src/capacity/index.js') },
      { find: /^replica-compactor\/sweep-journal$/, replacement: built('src/capacity/sweep/file-sweep-journal.js') },
      { find: /^replica-compactor\/review$/, replacement: built('src/review/index.js') },
      { find: /^replica-compactor\/report$/, replacement: built('src/report/index.js') },
      { find: /^replica-compactor\/kubernetes$/, replacement: built('src/adapters/kubernetes/index.js') },
      { find: /^replica-compactor\/ray$/, replacement: built('src/adapters/ray/index.js') },
      { find: /^replica-compactor\/controller$/, replacement: built('src/controller/index.js') },
      { find: /^replica-compactor\/bullmq$/, replacement: built('src/bullmq/index.js') }
    ]
  },
  test: {
    // Many tests start worker threads of their own, and need room for them.
    maxWorkers: '50%',
    reporters: ['default', new ClosingLineReporter()],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // What a page or a process comes to is waited for as long as a busy machine may take.
    expect: { poll: { timeout: 10_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          include: ['test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, pageTests],
          // Processes, so that a test may start worker threads of its own and end them.
          pool: 'forks'
        }
      },
      ...browserProjects()
    ]
  }
})
