import type { Problem } from '../../models/contract/problem.js'

/** What `source` of a Problem says that was imported, by the name of the importer. */
export const PROBLEM_SOURCES = { kubernetes: 'kubernetes', ray: 'Ray Serve' } as const

/** A system whose clusters are imported. */
export type ImportedSystem = keyof typeof PROBLEM_SOURCES

/** What people call each system. */
export const SYSTEM_NAMES: Readonly<Record<ImportedSystem, string>> = { kubernetes: 'Kubernetes', ray: 'Ray Serve' }

/** The system that a Problem was imported from; undefined where its `source` says none. */
export function importedFrom({ source }: Pick<Problem, 'source'>): ImportedSystem | undefined {
  const systems = Object.keys(PROBLEM_SOURCES) as ImportedSystem[]
  return systems.find((system) => PROBLEM_SOURCES[system] === source)
}
