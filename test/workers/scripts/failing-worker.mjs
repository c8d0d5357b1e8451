// Tells one point, then throws what the name of the program says.
import { expose, transferHandlers } from 'comlink'
import { SolverCrashedError } from '../../../dist/src/solvers/solver.js'
import { describeError } from '../../../dist/src/workers/error-transfer.js'
import { endpoint } from '../platform/endpoint.mjs'

const thrown = {
  crash: () => new SolverCrashedError('out of memory', { cause: new WebAssembly.RuntimeError('unreachable') }),
  coded: () =>
    Object.assign(new RangeError('too much', { cause: Object.assign(new Error('inner'), { code: 7 }) }), {
      code: 'MUCH'
    }),
  text: () => 'only text'
}
transferHandlers.set('throw', {
  ...transferHandlers.get('throw'),
  serialize: ({ value }) => [{ isError: true, value: describeError(value) }, []]
})
expose(
  {
    ping() {},
    run(_kind, { program }, call) {
      endpoint.postMessage({ call, progress: { solution: Float64Array.of(1), objective: 3, bound: 1, seconds: 0 } })
      throw thrown[program.name]()
    }
  },
  endpoint
)
