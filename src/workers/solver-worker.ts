import type { Endpoint } from 'comlink'
import { serveJobs } from './serve-jobs.js'

export { provideGlpk } from '../solvers/glpk/runtime.js'
export { locateHighs } from '../solvers/highs/binary.js'

serveJobs(globalThis as unknown as Endpoint)
