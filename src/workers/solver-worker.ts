import type { Endpoint } from 'comlink'
import { serveJobs } from './serve-jobs.js'

serveJobs(globalThis as unknown as Endpoint)
