/** The worker of the package for this platform. */
export const solverWorker = new URL('../../../dist/src/workers/solver-worker.js', import.meta.url)

/** Whether memory can be shared with workers here: browsers do so in isolated pages only. */
export const sharesMemory = globalThis.crossOriginIsolated

/** A worker whose end can be seen, where it is terminated. */
export class TestWorker extends Worker {
  hasEnded = false

  constructor(script: URL) {
    // What Vite adds to the workers it finds by itself; without it their `import()` is taken for one of the page.
    super(new URL('?worker_file&type=module', script), { type: 'module' })
  }

  override terminate(): void {
    this.hasEnded = true
    super.terminate()
  }
}
