// Tells one point, sees the flag, and answers only when the gate (workerData[0]) is open; then marks it (workerData[1]).
import { parentPort, workerData } from 'node:worker_threads'
import { expose } from 'comlink'
import { nodeEndpoint } from '../../dist/src/workers/node-endpoint.js'

const endpoint = nodeEndpoint(parentPort)
expose(
  {
    ping() {},
    run(_kind, _input, call, flag) {
      const point = { solution: Float64Array.of(1, 2), objective: 3, bound: 1, seconds: 0 }
      endpoint.postMessage({ call, progress: point })
      while (Atomics.load(flag, 0) === 0) Atomics.wait(flag, 0, 0, 1)
      Atomics.wait(workerData, 0, 0)
      setTimeout(() => {
        Atomics.store(workerData, 1, 1)
        Atomics.notify(workerData, 1)
      })
      return { ...point, termination: 'interrupted' }
    }
  },
  endpoint
)
