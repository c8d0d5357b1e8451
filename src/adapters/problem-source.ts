import type { ImportedSystem } from '../../models/contract/printed-by.js'
import type { Problem } from '../../models/contract/problem.js'

export type { ImportedSystem }

/** What `source` of a Problem says that was imported, by the name of the importer. */
export const PROBLEM_SOURCES = { kubernetes: 'kubernetes', ray: 'Ray Serve' } as const satisfies Record<
  ImportedSystem,
  string
>

/** What people call each system. */
export const SYSTEM_NAMES: Readonly<Record<ImportedSystem, string>> = { kubernetes: 'Kubernetes', ray: 'Ray Serve' }

/** The system that a Problem was imported from; undefined where its `source` says none. */
export function importedFrom({ source }: Pick<Problem, 'source'>): ImportedSystem | undefined {
  const systems = Object.keys(PROBLEM_SOURCES) as ImportedSystem[]
  return systems.find((system) => PROBLEM_SOURCES[system] === source)
}
