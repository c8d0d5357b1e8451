import type { Problem } from '../../models/contract/problem.js'
import { importedFrom, SYSTEM_NAMES } from '../adapters/problem-source.js'
import { UsageError } from './failure.js'

/**
 * Throws UsageError where the Problem of a file says that it was imported from a system that drains no nodes as Ray does. `instead`: what to
 * do there.
 */
export function expectRay(problem: Problem, path: string, instead: string): void {
  const system = importedFrom(problem)
  if (system === undefined || system === 'ray') return
  throw new UsageError(
    `${path}: was imported from ${SYSTEM_NAMES[system]}, expected a cluster of ${SYSTEM_NAMES.ray}: drains of whole nodes are all that stock Ray can carry out (${instead})`
  )
}
