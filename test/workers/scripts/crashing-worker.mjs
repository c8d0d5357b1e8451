// Tells one point, then its thread fails outside of the call: nothing answers any more.
import { expose } from 'comlink'
import { endpoint } from '../platform/endpoint.mjs'

expose(
  {
    ping() {},
    run(_kind, _input, call) {
      endpoint.postMessage({ call, progress: { solution: Float64Array.of(1, 2), objective: 3, bound: 1, seconds: 0 } })
      setTimeout(() => {
        throw new RangeError('out of luck')
      })
      return new Promise(() => {})
    }
  },
  endpoint
)
