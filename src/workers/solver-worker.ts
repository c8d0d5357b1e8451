import type { Endpoint } from 'comlink'
import { serveJobs } from './serve-jobs.js'

export { locateHighs } from '../solvers/highs/binary.js'

serveJobs(globalThis as unknown as Endpoint)
