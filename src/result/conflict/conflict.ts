import type { ConflictPart } from '../../../models/contract/result.js'

/** A part of a conflict; `isProof`: it shows, alone or with the parts beside it, that the Problem has no answer. */
export interface Conflict extends ConflictPart {
  readonly isProof: boolean
}
