import { compact } from 'replica-compactor'
import { problem, write } from './problem.js'

write(await compact(problem, { timeLimitMs: 40_000, threads: 2 }))
