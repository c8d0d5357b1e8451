import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { afterAll } from 'vitest'
import { makeFolder } from '../scratch-folder.js'

const started: ChildProcess[] = []

afterAll(async () => {
  await Promise.all(started.splice(0).map(end))
})

/** A Redis of its own on a free port, gone when the tests of the file have ended; its address and how to end it earlier. */
export async function startRedis(
  command: string,
  givenPort?: number
): Promise<{ url: string; port: number; end: () => Promise<void> }> {
  const port = givenPort ?? (await freePort())
  const args = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--dir',
    makeFolder(),
    '--save',
    '',
    '--appendonly',
    'no'
  ]
  const server = spawn(command, args, { stdio: 'ignore' })
  started.push(server)
  const url = `redis://127.0.0.1:${port}`
  for (let tries = 0; !(await answers(url)); tries++) {
    if (tries > 100) throw new Error(`redis-server does not answer on port ${port}`)
    await pause(50)
  }
  return { url, port, end: () => end(server) }
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  const ended = new Promise((resolve) => server.once('exit', resolve))
  server.kill('SIGKILL')
  await ended
}

async function answers(url: string): Promise<boolean> {
  const redis = new Redis(url, { lazyConnect: true, retryStrategy: () => null })
  redis.on('error', () => {})
  try {
    await redis.connect()
    return (await redis.ping()) === 'PONG'
  } catch {
    return false
  } finally {
    redis.disconnect()
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject).listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no port'))
      )
    })
  })
}
