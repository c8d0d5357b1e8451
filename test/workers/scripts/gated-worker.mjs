// Tells one point, sees the flag, and answers only when the gate is open (its first number); then marks it (its second).
import { expose } from 'comlink'
import { endpoint } from '../platform/endpoint.mjs'

let gate
endpoint.addEventListener('message', ({ data }) => {
  gate ??= data.gate
})
expose(
  {
    ping() {},
    run(_kind, _input, call, flag) {
      const point = { solution: Float64Array.of(1, 2), objective: 3, bound: 1, seconds: 0 }
      endpoint.postMessage({ call, progress: point })
      while (Atomics.load(flag, 0) === 0) Atomics.wait(flag, 0, 0, 1)
      Atomics.wait(gate, 0, 0)
      setTimeout(() => Atomics.store(gate, 1, 1))
      return { ...point, termination: 'interrupted' }
    }
  },
  endpoint
)
