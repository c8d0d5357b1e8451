/** What a program for Node may write; compiled with the types of Node and without those of browsers. */
import { Worker } from 'node:worker_threads'
import { compact } from 'replica-compactor'
import { parseProblem } from 'replica-compactor/models'

declare const somewhat: unknown

const controller = new AbortController()
export const { plan, objective } = await compact(parseProblem(somewhat), {
  createWorker: () => new Worker('solver-worker.node.js'),
  signal: controller.signal
})
