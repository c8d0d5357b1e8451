// A scenario worker that dies under its first scenario, for as many workers as the shared counter says.
import { parentPort, workerData } from 'node:worker_threads'

// First of all: who listens earlier takes the messages that are meant for it.
await import('../../../dist/src/capacity/sweep/scenario-worker.node.js')
const left = new Int32Array(workerData)
parentPort.on('message', (message) => {
  const isSolve = Array.isArray(message?.path) && message.path.includes('solve')
  if (isSolve && Atomics.sub(left, 0, 1) > 0) process.exit(7)
})
