import { InputError } from '../../../models/contract/parse.js'
import type { ImportedSystem } from '../../../models/contract/printed-by.js'
import type { Problem } from '../../../models/contract/problem.js'
import type { NamedDocument } from '../../adapters/named-document.js'
import { describeFault } from './describe-fault.js'
import { FaultError } from './fault.js'

/** What belongs to a snapshot: what the cluster printed and, where there is one, a catalogue of prices and what the operator adds. */
export interface SnapshotFiles {
  readonly documents: readonly NamedDocument[]
  readonly overrides: NamedDocument | undefined
  readonly catalogue: Catalogue | undefined
}

/** A CSV file of prices. */
export interface Catalogue {
  readonly name: string
  readonly text: string
}

/** What became of a snapshot: a Problem, and what is to be told about it. */
export interface ImportedSnapshot {
  readonly problem: Problem
  readonly told: string
}

const ADVICE: Readonly<Record<ImportedSystem, string>> = {
  kubernetes:
    'Drop all files together, with a CSV file of prices by instance type (name, vcpu, memGiB, priceOnDemand) where the nodes are not annotated with theirs. On the command line, import kubernetes takes prices in more ways.',
  ray: 'Drop all answers of the dashboard together, with a YAML file of what is listed where Ray does not show it.'
}

/** Imports what a cluster printed. The importers are loaded where they are needed. Throws FaultError. */
export async function importSnapshot(
  system: ImportedSystem,
  { documents, overrides, catalogue }: SnapshotFiles
): Promise<ImportedSnapshot> {
  const prices = catalogue === undefined ? {} : { catalogue: catalogue.text }
  try {
    const { problem, report } =
      system === 'kubernetes'
        ? (await import('../../adapters/kubernetes/import/import-kubernetes.js')).importKubernetes(documents, prices)
        : (await import('../../adapters/ray/import/import-ray.js')).importRay(
            { documents, ...(overrides === undefined ? {} : { overrides }) },
            prices
          )
    const { renderImportReport } = await import('../../report/text/import-report.js')
    return { problem, told: renderImportReport(report) }
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    const { issues = [] } = describeFault(error)
    const wrong = error.subject === 'catalogue' ? catalogue : documents[0]
    throw new FaultError({
      title: `${wrong?.name ?? 'The snapshot'} cannot be imported as it is.`,
      issues,
      advice: ADVICE[system]
    })
  }
}
