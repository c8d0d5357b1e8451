// Tells one point, then what the name of the program says; of any other name, only what is sound.
import { expose } from 'comlink'
import { endpoint } from '../platform/endpoint.mjs'

const sound = { solution: Float64Array.of(1, 2), objective: 3, bound: 1, seconds: 0 }
const answer = { ...sound, termination: 'optimal' }
const pattern = { kind: 0, counts: Int32Array.of(1) }
/** Progress and answer by the name of the program, or of the problem of a job for patterns. */
const says = {
  null: [null, answer],
  undefined: [undefined, answer],
  'no point': [{ ...sound, solution: null }, answer],
  'another array': [{ ...sound, solution: [1, 2] }, answer],
  'another number': [{ ...sound, bound: 10n }, answer],
  'no number': [{ ...sound, objective: Number.NaN }, answer],
  'no bound': [{ seconds: 0 }, answer],
  'no termination': [sound, { ...answer, termination: 'toString' }],
  'no answer': [sound, undefined],
  'no text': [sound, { ...answer, message: {} }],
  'no patterns': [{ solution: { cost: 1, patterns: null } }, { bound: 1, patterns: [] }],
  'a number': [5, { bound: 1, patterns: [] }],
  'no counts': [{ solution: { cost: 1, patterns: [{ pattern: { kind: 0 }, nodes: 1 }] } }, { bound: 1, patterns: [] }],
  'half a node': [{ solution: { cost: 1, patterns: [{ pattern, nodes: 0.5 }] } }, { bound: 1, patterns: [] }],
  'no list': [{ bound: 1 }, { bound: 1, patterns: {} }]
}
expose(
  {
    ping() {},
    run(kind, { program, problem }, call) {
      const [progress, output] = says[kind === 'solve' ? program.name : problem.name] ?? [sound, answer]
      if (kind === 'solve') endpoint.postMessage({ call, progress: sound })
      endpoint.postMessage({ call, progress })
      return output
    }
  },
  endpoint
)
