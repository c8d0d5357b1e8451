import type { Reporter, SerializedError, TestModule } from 'vitest/node'

/**
 * Prints why tests were skipped, and `N passed, N failed, N skipped` alone on the last line, for machines. What fails outside a test (a
 * file that does not load, a hook, an unhandled rejection) counts as one failure.
 */
export class ClosingLineReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly SerializedError[]): void {
    const counts = { passed: 0, failed: unhandledErrors.length, skipped: 0, pending: 0 }
    const skipped = new Map<string, number>()
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const result = test.result()
        counts[result.state] += 1
        if (result.state !== 'skipped') continue
        const reason = result.note ?? 'no reason given'
        skipped.set(reason, (skipped.get(reason) ?? 0) + 1)
      }
      counts.failed += module.errors().length
      for (const suite of module.children.allSuites()) counts.failed += suite.errors().length
    }
    const reasons = [...skipped].map(([reason, tests]) => `skipped ${tests}: ${reason}\n`).join('')
    process.stdout.write(
      `\n${reasons}${counts.passed} passed, ${counts.failed} failed, ${counts.skipped + counts.pending} skipped\n`
    )
  }
}
