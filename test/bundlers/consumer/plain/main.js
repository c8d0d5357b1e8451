import { compact } from 'replica-compactor'
import { problem, write } from '../problem.js'

const createWorker = () => new Worker('worker.js', { type: 'module' })
write(await compact(problem, { timeLimitMs: 40_000, threads: 2, createWorker }))
