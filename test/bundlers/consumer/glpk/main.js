import { compact } from 'replica-compactor'
import { problem, write } from '../problem.js'

const createWorker = () => new Worker(new URL('./worker.js', import.meta.url), { type: 'module' })
write(await compact(problem, { timeLimitMs: 40_000, threads: 1, solver: 'glpk', createWorker }))
