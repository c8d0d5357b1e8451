/** Whether this thread is a browser's: what helps there is another thing than in Node. */
export const isInBrowser = globalThis.process?.versions?.node === undefined

/** How Emscripten wraps what kept a program from starting. */
const ABORTED = /^Aborted\((.*)\)\. Build with -sASSERTIONS for more info\.$/s

/** Why something could not be loaded or started, without the words of the tools that it was built with. */
export function reasonOf(error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error)
  return ABORTED.exec(reason)?.[1] ?? reason
}

/** Whether it was a page's policy that kept WebAssembly from starting; each browser has words of its own for it. */
export function isForbidden(reason: string): boolean {
  return /content security policy|\bcsp\b|unsafe-eval/i.test(reason)
}
