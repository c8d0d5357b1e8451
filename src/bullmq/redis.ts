import type { ConnectionOptions, Queue } from 'bullmq'
import { loadBullmq } from './load-bullmq.js'
import { QueueUnavailableError } from './unavailable.js'

/** Where Redis is: `redis://host:6379`, `rediss://user:password@host`, or options of ioredis. */
export type RedisAddress = string | Readonly<Record<string, unknown>>

/** Milliseconds that Redis has to answer at first. */
const FIRST_ANSWER_MS = 5000

/** Options for BullMQ. A command waits as long as Redis is away. Throws QueueUnavailableError for what is no address. */
export function toConnection(address: RedisAddress): ConnectionOptions {
  if (typeof address !== 'string') return { ...address, maxRetriesPerRequest: null }
  const { protocol } = parseAddress(address)
  if (protocol === 'redis:' || protocol === 'rediss:') return { url: address, maxRetriesPerRequest: null }
  throw new QueueUnavailableError(
    `found the address ${describeRedis(address)}, expected redis://HOST:PORT or rediss://…`
  )
}

/** The address without name and password. */
function describeRedis(address: RedisAddress): string {
  if (typeof address !== 'string') return `redis://${address.host ?? '127.0.0.1'}:${address.port ?? 6379}`
  const { protocol, host, pathname } = parseAddress(address)
  return `${protocol}//${host}${pathname === '/' ? '' : pathname}`
}

/** Rejects with QueueUnavailableError, with the reason, unless Redis answers now: later it may go and come back. */
export async function expectRedis(address: RedisAddress, queueName: string): Promise<void> {
  const { Queue: QueueClass } = await loadBullmq()
  const once = { ...toConnection(address), retryStrategy: () => null, connectTimeout: FIRST_ANSWER_MS }
  let fault: unknown
  let probe: Queue | undefined
  try {
    probe = new QueueClass(queueName, { connection: once as ConnectionOptions, skipMetasUpdate: true })
    probe.on('error', (error) => {
      fault ??= error
    })
    await probe.waitUntilReady()
  } catch (error) {
    throw new QueueUnavailableError(`${describeRedis(address)} cannot be used: ${describeFault(fault ?? error)}`, {
      cause: error
    })
  } finally {
    await probe?.close().catch(() => {})
  }
}

function describeFault(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string }
  if (code === 'ECONNREFUSED') return 'nobody listens there (ECONNREFUSED); is redis-server running?'
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return `there is no such host (${code})`
  if (message?.includes('ioredis') === true) return 'ioredis is not installed; npm install ioredis gets it'
  return message || String(error)
}

function parseAddress(address: string): URL {
  try {
    return new URL(address)
  } catch {
    // It may be a password that stands there by mistake.
    throw new QueueUnavailableError('found an address that is no URL, expected redis://HOST:PORT')
  }
}
