import { parentPort } from 'node:worker_threads'
import { nodeEndpoint } from './node-endpoint.js'
import { serveJobs } from './serve-jobs.js'

if (parentPort === null) throw new Error('solver-worker.node.js runs in a worker thread only')
serveJobs(nodeEndpoint(parentPort))
