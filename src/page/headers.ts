/** What the page and its workers may do: nothing but load what lies beside them. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "connect-src 'self'",
  "worker-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'"
].join('; ')

/** What makes the page one that may share memory with its workers: solvers are then stopped without ending them. */
export const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp'
}

/** What a server should send with every file; without it all works, more slowly. */
export const headers = { ...isolation, 'Content-Security-Policy': contentSecurityPolicy }
