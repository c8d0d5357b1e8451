#!/usr/bin/env node
import { quietMs } from '../workers/retirement.js'
import { hasThreads } from '../workers/spawn.node.js'
import { describeFailure, describeSystemError, UsageError } from './failure.js'
import { createProgram } from './program.js'

function fail(error: unknown): void {
  const { message, exitCode } = describeFailure(error, process.env.REPLICA_COMPACTOR_DEBUG !== undefined)
  process.exitCode = exitCode
  process.stderr.write(message)
}

process.on('uncaughtException', (error) => {
  fail(error)
  process.exit()
})

// A reader that has seen enough (`… | head`) is no error: what is left unsaid is dropped, files are still written.
process.stderr.on('error', () => undefined)
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') return
  fail(new UsageError(`standard output: ${describeSystemError(error)}`))
  process.exit()
})

await createProgram().parseAsync(process.argv).catch(fail)

// What still runs (a solver that does not listen, in its thread) must not keep the process: the answer is out.
const flush = (stream: NodeJS.WriteStream) => new Promise<void>((resolve) => stream.write('', () => resolve()))
await Promise.all([flush(process.stdout), flush(process.stderr)])
// A thread that ends while the compiler still works for it may take the process down (see Retirement).
if (hasThreads()) await new Promise((resolve) => setTimeout(resolve, quietMs))
process.exit()
