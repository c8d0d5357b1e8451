/** A redis-server of its own, on a free port. */
import { spawn } from 'node:child_process'
import { createServer } from 'node:net'

/** Keeps nothing on the disk. @type {(folder: string) => Promise<{ url: string, version: string, end: () => void }>} */
export async function startRedis(folder) {
  const port = await freePort()
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'no']
  const server = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'ignore'] })
  const version = await new Promise((resolve, reject) => {
    let said = ''
    server.on('error', reject)
    server.on('exit', () => reject(new Error(`redis-server ended: ${said}`)))
    server.stdout.setEncoding('utf8').on('data', (text) => {
      said += text
      if (said.includes('Ready to accept connections')) resolve(/version=([\d.]+)/.exec(said)?.[1] ?? 'unknown')
    })
  })
  return { url: `redis://127.0.0.1:${port}`, version, end: () => void server.kill('SIGKILL') }
}

/** @type {() => Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject).listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' ? (address?.port ?? 0) : 0
      server.close(() => resolve(port))
    })
  })
}
