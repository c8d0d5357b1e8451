import { createServer, type ViteDevServer } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { needBrowser } from './browser.js'
import { installConsumer, optimum } from './installed-consumer.js'

const visit = needBrowser()
const root = installConsumer()

let server: ViteDevServer
beforeAll(async () => {
  server = await createServer({ root, configFile: false, logLevel: 'silent', server: { host: '127.0.0.1', port: 0 } })
  await server.listen()
})
afterAll(() => server.close())

test("Vite's server for development serves a consumer without any setting", async () => {
  const { answer, faults, workers } = await visit(server.resolvedUrls?.local[0] ?? '')
  expect({ answer, faults }).toEqual({ answer: optimum, faults: [] })
  expect(workers).not.toEqual([])
})
