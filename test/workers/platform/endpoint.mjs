import { parentPort } from 'node:worker_threads'
import { nodeEndpoint } from '../../../dist/src/workers/node-endpoint.js'

/** The line from a worker to who made it. */
export const endpoint = nodeEndpoint(parentPort)
