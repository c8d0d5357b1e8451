import type { Problem } from '../../models/contract/problem.js'
import { type ImportedSystem, importedFrom, SYSTEM_NAMES } from '../adapters/problem-source.js'
import { UsageError } from './failure.js'

/** Throws UsageError where the Problem of a file says that it was imported from another system. `advise`: what else was expected, by what it is from. */
export function expectSystem(
  expected: ImportedSystem,
  problem: Problem,
  path: string,
  advise: (own: ImportedSystem) => string
): void {
  const own = importedFrom(problem)
  if (own === undefined || own === expected) return
  throw new UsageError(`${path}: was imported from ${SYSTEM_NAMES[own]}, ${advise(own)}`)
}

/** The same of a cluster of which only whole nodes are drained. `instead`: what to do with another. */
export function expectRay(problem: Problem, path: string, instead: string): void {
  const why = 'drains of whole nodes are all that stock Ray can carry out'
  expectSystem('ray', problem, path, () => `expected a cluster of ${SYSTEM_NAMES.ray}: ${why} (${instead})`)
}
