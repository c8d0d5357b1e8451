// Tells bounds without end: as fast as it can, or with a pause of so many milliseconds that the name of the program says.
import { expose } from 'comlink'
import { endpoint } from '../platform/endpoint.mjs'

expose(
  {
    ping() {},
    run(_kind, { program }, call) {
      const pauseMs = Number(program.name)
      for (;;) {
        endpoint.postMessage({ call, progress: { bound: 1, seconds: 0 } })
        const nextAt = performance.now() + pauseMs
        while (performance.now() < nextAt);
      }
    }
  },
  endpoint
)
