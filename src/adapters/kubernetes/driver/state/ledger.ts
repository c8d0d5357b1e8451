import * as z from 'zod'
import { StepError } from '../../../../execution/driver.js'
import { annotationOf, type SeenWorkload } from '../api/seen-objects.js'
import { LEDGER } from './annotations.js'

const copy = { plan: z.string(), replica: z.string(), node: z.string() }

/** A pod more than wanted, for a copy on a node. */
const surge = z.object({
  ...copy,
  /** The call that asked for it. */
  call: z.string(),
  /** Pods that were there before it and that nobody knew. */
  strays: z.array(z.string()).optional()
})
export type Surge = z.infer<typeof surge>

/** A pod less than before: which one is to go. */
const departure = z.object({ ...copy, pod: z.string() })

const ledger = z.object({
  base: z.number().int().min(0),
  surges: z.array(surge),
  departures: z.array(departure)
})

/**
 * What plans have done to the number of pods of a workload; kept on the workload itself and written together with that number, so that
 * neither is ever true without the other. `base` is what its owner wants: there should be as many pods as that and the surges.
 */
export type Ledger = z.infer<typeof ledger>

/** What a copy is known by. */
export interface CopyKey {
  readonly plan: string
  readonly replica: string
  readonly node: string
}

/** What stands on a workload; null: nothing. Throws StepError `refused` for what is no ledger. */
export function readLedger(workload: SeenWorkload): Ledger | null {
  const text = annotationOf(workload, LEDGER)
  if (text === undefined) return null
  const read = ledger.safeParse(parseJson(text))
  if (read.success) return read.data
  throw new StepError(
    'refused',
    `the annotation ${LEDGER} of ${workload.metadata.name} cannot be read: remove it, and set the replicas to what is wanted`
  )
}

/** As the value of the annotation; null where nothing is left to be known. */
export function writeLedger(ledger: Ledger): string | null {
  return ledger.surges.length + ledger.departures.length === 0 ? null : JSON.stringify(ledger)
}

export function isOfCopy(key: CopyKey): (entry: CopyKey) => boolean {
  return ({ plan, replica, node }) => plan === key.plan && replica === key.replica && node === key.node
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
