import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import { onTestFinished } from 'vitest'

/** What a page must send to share memory with its workers. */
export const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp'
}

const types: Record<string, string> = {
  '.html': 'text/html',
  '.css': 'text/css',
  '.json': 'application/json',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm'
}

/**
 * Serves the files of a folder, all with these headers, until the test has ended; returns its address. What is `missing`, by
 * ending, is answered as many servers of pages do: with the page.
 */
export async function serve(
  folder: string,
  headers: Record<string, string> = {},
  missing: string | null = null
): Promise<string> {
  const server = createServer(({ url = '/' }, response) => {
    const { pathname } = new URL(url, 'http://localhost')
    const isPage = pathname === '/' || extname(pathname) === missing
    const path = join(folder, normalize(isPage ? '/index.html' : pathname))
    try {
      const content = readFileSync(path)
      response.writeHead(200, { ...headers, 'Content-Type': types[extname(path)] ?? 'application/octet-stream' })
      response.end(content)
    } catch {
      response.writeHead(404, headers).end()
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}
