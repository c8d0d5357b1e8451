import * as z from 'zod'
import { StepError } from '../../../../execution/driver.js'
import { annotationOf } from '../api/seen-objects.js'
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

/** A workload, as far as its ledger goes. */
interface Annotated {
  readonly metadata: { readonly name: string; readonly annotations?: Record<string, string> | null | undefined }
}

/** What stands on a workload; null: nothing. `unreadable`: what is no ledger. */
export function findLedger(workload: Annotated): Ledger | null | 'unreadable' {
  const text = annotationOf(workload, LEDGER)
  if (text === undefined) return null
  const read = ledger.safeParse(parseJson(text))
  return read.success ? read.data : 'unreadable'
}

/** What mends a ledger that cannot be read. */
export const LEDGER_REMEDY = 'remove it, and set the replicas to what is wanted'

/** What stands on a workload; null: nothing. Throws StepError `refused` for what is no ledger. */
export function readLedger(workload: Annotated): Ledger | null {
  const found = findLedger(workload)
  if (found !== 'unreadable') return found
  const what = `the annotation ${LEDGER} of ${workload.metadata.name}`
  throw new StepError('refused', `${what} cannot be read: ${LEDGER_REMEDY}`)
}

/** Whether a ledger tells of as many pods as are wanted; otherwise somebody else has scaled since, and the number is his. */
export function holdsFor({ base, surges }: Ledger, replicas: number): boolean {
  return replicas === base + surges.length
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
