// A solver that tells a bound and then leaves its thread no turn, until whoever reads the bound lets it go on.
import { parentPort, workerData } from 'node:worker_threads'
import { expose } from 'comlink'
import { nodeEndpoint } from '../../dist/src/workers/node-endpoint.js'

const endpoint = nodeEndpoint(parentPort)
const { gate, bound } = workerData
const outcome = { termination: 'time-limit', solution: null, objective: Infinity, bound: -Infinity, seconds: 0 }
expose(
  {
    ping() {},
    run(_kind, _input, call) {
      endpoint.postMessage({ call, progress: { bound, seconds: 0, solver: 'highs' } })
      if (Atomics.wait(gate, 0, 0, 10_000) === 'timed-out') Atomics.store(gate, 1, 1)
      return outcome
    }
  },
  endpoint
)
