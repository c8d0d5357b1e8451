import { stderr, stdout } from 'node:process'
import { parentPort } from 'node:worker_threads'
import { nodeEndpoint } from './node-endpoint.js'
import { serveJobs } from './serve-jobs.js'

export { provideGlpk } from '../solvers/glpk/runtime.js'
export { locateHighs } from '../solvers/highs/binary.js'

if (parentPort === null) throw new Error('replica-compactor/solver-worker runs in a worker thread only')
// The standard output is the parent's, who may write a Result there: what a solver prints is no part of it.
stdout.write = stderr.write.bind(stderr)
serveJobs(nodeEndpoint(parentPort))
