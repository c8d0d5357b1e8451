// A solver that lies, in the way that `workerData` names.
import { parentPort, workerData } from 'node:worker_threads'
import { expose } from 'comlink'
import { SolverCrashedError } from '../../dist/src/solvers/solver.js'
import { describeError } from '../../dist/src/workers/error-transfer.js'
import { nodeEndpoint } from '../../dist/src/workers/node-endpoint.js'

const endpoint = nodeEndpoint(parentPort)
const optimal = { termination: 'optimal', solution: null, objective: 0, bound: 0, seconds: 0 }
const size = ({ program }) => program?.columns ?? 1
const lies = {
  zeros: (input) => ({ ...optimal, solution: new Float64Array(size(input)) }),
  fractions: (input) => ({ ...optimal, solution: new Float64Array(size(input)).fill(0.5) }),
  ones: (input) => ({ ...optimal, solution: new Float64Array(size(input)).fill(1) }),
  'no numbers': (input) => ({
    ...optimal,
    solution: new Float64Array(size(input)).fill(Number.NaN),
    bound: Number.NaN
  }),
  'a short point': () => ({ ...optimal, solution: Float64Array.of(1) }),
  'a bound too high': () => ({ ...optimal, objective: 1e9, bound: 1e9 }),
  'an infinite bound': () => ({ ...optimal, objective: Infinity, bound: Infinity }),
  infeasible: () => ({ ...optimal, termination: 'infeasible', objective: Infinity, bound: Infinity }),
  'infeasible without a proof': () => ({
    ...optimal,
    termination: 'infeasible',
    objective: Infinity,
    bound: -Infinity
  }),
  'unsupported by all': () => ({ ...optimal, termination: 'unsupported', objective: Infinity, bound: -Infinity }),
  unbounded: () => ({ ...optimal, termination: 'unbounded', objective: -Infinity, bound: -Infinity }),
  garbage: () => ({ termination: 7, solution: 'solved', objective: {}, bound: 'low' }),
  nothing: () => undefined,
  'no answer': () => new Promise(() => {}),
  'an error': () => {
    throw Object.assign(new Error('out of luck'), { code: 'LUCK' })
  },
  'out of memory': () => {
    throw new SolverCrashedError('out of memory')
  },
  'an exit': () => process.exit(1)
}
/** What some tell before they say no more: progress of a job of this kind. */
const told = {
  'no progress': () => null,
  'progress of strange numbers': () => ({ bound: 10n, seconds: 0 }),
  'patterns that are none': (kind) =>
    kind === 'solve' ? { bound: 0, seconds: 0 } : { solution: { cost: -1, patterns: null } },
  'patterns beyond measure': (kind) => {
    const pattern = { kind: 0, counts: new Int32Array(200).fill(1e6) }
    return kind === 'solve' ? { bound: 0, seconds: 0 } : { solution: { cost: 0, patterns: [{ pattern, nodes: 1e6 }] } }
  },
  'a flood of bounds': () => ({ bound: 0, seconds: 0 })
}
const lie = lies[workerData]
expose(
  {
    ping() {},
    async run(kind, input, call) {
      const tell = () => endpoint.postMessage({ call, progress: told[workerData](kind) })
      if (workerData === 'a flood of bounds') for (;;) tell()
      if (workerData in told) {
        tell()
        return new Promise(() => {})
      }
      const answer = () => lie(input)
      try {
        const outcome = await answer()
        const { solution, objective, bound } = outcome ?? {}
        endpoint.postMessage({ call, progress: { ...(solution ? { solution, objective } : {}), bound, seconds: 0 } })
        return outcome
      } catch (error) {
        throw describeError(error)
      }
    }
  },
  endpoint
)
