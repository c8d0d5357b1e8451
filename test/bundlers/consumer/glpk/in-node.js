import { Worker } from 'node:worker_threads'
import { compact } from 'replica-compactor'
import { problem } from '../problem.js'

const [script, solver] = process.argv.slice(2)
const createWorker = () => new Worker(new URL(import.meta.resolve(script)))
const { objective, solve } = await compact(problem, { threads: 1, solver, createWorker })
process.stdout.write(JSON.stringify({ cost: objective.total, solver: solve.solver }))
