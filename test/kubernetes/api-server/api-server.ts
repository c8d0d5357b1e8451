import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { IdleClock } from './idle-clock.js'
import type { Handler } from './requests/handler.js'

/** One request that the server has heard. */
export interface HeardRequest {
  readonly method: string
  readonly path: string
  readonly body: string
}

/** A mishap that a test wants: what it returns is answered instead; `cut`: nothing is, and the connection ends. */
export type Mishap = (request: HeardRequest) => { code: number; body: object } | 'cut' | 'cut-after' | undefined

/** The server's end of the wire: loopback, a port of its own. */
export class ApiServer {
  readonly heard: HeardRequest[] = []
  mishap: Mishap = () => undefined
  readonly #server: Server

  constructor(
    private readonly handler: Handler,
    private readonly clock?: IdleClock
  ) {
    this.#server = createServer((request, response) => void this.#hear(request, response))
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    const { port } = this.#server.address() as AddressInfo
    return `http://127.0.0.1:${port}`
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  async #hear(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url: path = '/' } = request
    // A watch stays open while time passes.
    if (!/[?&]watch=(true|1)/.test(path)) {
      const end = this.clock?.beginRequest()
      if (end !== undefined) response.on('close', end)
    }
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks).toString('utf8')
    const heard = { method, path, body }
    this.heard.push(heard)
    const mishap = this.mishap(heard)
    if (mishap === 'cut') response.destroy()
    else if (mishap === 'cut-after') {
      // It is done, and nobody hears of it.
      response.end = () => {
        response.destroy()
        return response
      }
      this.handler.answer(request, body, response)
    } else if (mishap === undefined) this.handler.answer(request, body, response)
    else {
      response.writeHead(mishap.code, { 'Content-Type': 'application/json' })
      response.end(JSON.stringify(mishap.body))
    }
  }
}
