import { parentPort } from 'node:worker_threads'
import { nodeEndpoint } from './node-endpoint.js'
import { serveJobs } from './serve-jobs.js'

export { provideGlpk } from '../solvers/glpk/runtime.js'
export { locateHighs } from '../solvers/highs/binary.js'

if (parentPort === null) throw new Error('replica-compactor/solver-worker runs in a worker thread only')
serveJobs(nodeEndpoint(parentPort))
