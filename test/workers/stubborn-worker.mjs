// Tells one point, then never yields and never looks at the flag: a solver deep in its root relaxation.
import { parentPort } from 'node:worker_threads'
import { expose } from 'comlink'
import { nodeEndpoint } from '../../dist/src/workers/node-endpoint.js'

const endpoint = nodeEndpoint(parentPort)
expose(
  {
    ping() {},
    run(_kind, _input, call) {
      endpoint.postMessage({ call, progress: { solution: Float64Array.of(1, 2), objective: 3, bound: 1, seconds: 0 } })
      for (;;);
    }
  },
  endpoint
)
