import type { QueueWorkerEvent } from '../../bullmq/index.js'
import { printable } from '../../report/text/layout.js'
import { formatDuration, formatMoney } from '../../report/text/numbers.js'
import { exitCodes, UsageError } from '../failure.js'
import { orUsageError, type QueueOptions } from './queue-connection.js'

interface WorkerCommandOptions extends Pick<QueueOptions, 'redis' | 'queue'> {
  readonly concurrency?: number
  /** Seconds. */
  readonly lock?: number
  readonly quiet?: boolean
}

/** `capacity worker`: solves scenarios from a queue until it is told to end; then those at hand are finished first. */
export async function runWorkerCommand(options: WorkerCommandOptions): Promise<void> {
  const { redis, queue, concurrency, lock, quiet = false } = options
  if (redis === undefined) throw new UsageError('found no --redis, expected redis://HOST:PORT')
  const say = (text: string) => void process.stderr.write(`${text}\n`)
  const { startWorker } = await import('../../bullmq/index.js')
  const worker = await orUsageError(() =>
    startWorker({
      connection: redis,
      ...(queue === undefined ? {} : { queueName: queue }),
      ...(concurrency === undefined ? {} : { concurrency }),
      ...(lock === undefined ? {} : { lockDuration: lock * 1000, stalledInterval: Math.max(500, (lock * 1000) / 2) }),
      onEvent: (event) => {
        const line = describeEvent(event)
        if (line !== undefined && (!quiet || event.kind === 'trouble')) say(line)
      }
    })
  )
  say('Ready for scenarios. Ctrl-C finishes those at hand and ends, a second one quits.')
  await new Promise<void>((resolve) => {
    let told = false
    const end = () => {
      if (told) process.exit(exitCodes.quit)
      told = true
      say('Finishing what is at hand.')
      resolve()
    }
    process.on('SIGINT', end)
    process.on('SIGTERM', end)
  })
  await worker.close()
}

function describeEvent(event: QueueWorkerEvent): string | undefined {
  switch (event.kind) {
    case 'taken':
      return undefined
    case 'solved': {
      const { labels, seed, objective, termination, reason = '', seconds } = event.record
      const name = [...labels.map(printable), `seed ${seed}`].join(' × ')
      const said =
        objective === null ? `${termination}: ${printable(reason)}` : `${formatMoney(objective.costPerHour)} an hour`
      return `${name}: ${said}, in ${formatDuration(seconds)}`
    }
    case 'failed':
      return `${event.id.slice(0, 12)} failed: ${printable(event.reason)}`
    case 'lost':
      return `${event.id.slice(0, 12)} was lost by its worker, and is queued again`
    case 'trouble':
      return `Redis: ${printable(event.message)}`
  }
}
