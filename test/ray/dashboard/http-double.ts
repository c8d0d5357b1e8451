import { chmodSync, copyFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { makeFolder } from '../../scratch-folder.js'
import type { DashboardDouble } from './dashboard.js'

/** A dashboard that listens, and a `ray` command that knows it. */
export interface HttpDouble {
  readonly url: string
  /** Path of a command that drains nodes of this cluster, by `--address` as given. */
  readonly ray: string
  /** The address that the command takes. */
  readonly address: string
  close(): Promise<void>
}

/** Serves a double over HTTP. Every request lets so much of the cluster's time pass, so that nothing depends on the clock. */
export async function listen(double: DashboardDouble, msPerRequest = 1000): Promise<HttpDouble> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString()
      const { cluster } = double
      const body = text === '' ? null : JSON.parse(text)
      cluster.advanceTo(cluster.time + msPerRequest)
      const answer =
        request.url === '/double/drain-node'
          ? { status: 200, body: cluster.drain(body.nodeId, body.reason, body.deadlineSeconds) }
          : double.answer(request.method ?? '', request.url ?? '', body)
      response.writeHead(answer.status, { 'content-type': 'application/json' })
      response.end(JSON.stringify(answer.body))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return { url: `http://${address}`, address, ray: installCommand(), close: () => closeServer(server) }
}

function closeServer(server: ReturnType<typeof createServer>): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}

/** The command in a folder of its own, as one that is on the path would be. */
function installCommand(): string {
  const path = join(makeFolder(), 'ray')
  copyFileSync(fileURLToPath(new URL('./ray-command.mjs', import.meta.url)), path)
  chmodSync(path, 0o755)
  return path
}
