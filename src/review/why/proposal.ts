import type { Result } from '../../../models/contract/result.js'
import type { Edit } from './edits.js'
import type { Scene } from './scene.js'

/** The part of a Problem that a change touches: the `kind` of a change. */
export type ChangedPart =
  | 'budget'
  | 'capacity'
  | 'rule'
  | 'replicas-per-node'
  | 'selector'
  | 'pin'
  | 'gang'
  | 'releasable'
  | 'cordon'
  | 'must-empty'
  | 'headroom'
  | 'gate'
  | 'surge'
  | 'unavailable'
  | 'ladder'
  | 'deadline'
  | 'new-node'
  | 'replicas'

/** A change of so many steps. */
export interface Step {
  readonly edits: readonly Edit[]
  /** For people, as a phrase: `one migration more (5, not 4)`. */
  readonly words: string
  /** By how much, in the unit of what is changed; left out where the change has no size. */
  readonly amount?: number
}

/** A single change that might help, in steps: each gives way a little more. Nothing is known of it before it is solved. */
export interface Proposal {
  readonly kind: ChangedPart
  /** How much in the way it seems: the most promising are tried first. */
  readonly weight: number
  /** Steps at most. */
  readonly most: number
  /** The step that is tried first: as few as could do. */
  readonly guess: number
  readonly step: (steps: number) => Step
  /**
   * Whether each step allows all that those below it allow, so that one that does not do shows that those below it do not, either. Left
   * out: it is not known, and each step counts for itself.
   */
  readonly isRelaxation?: boolean
  /** Whether further steps than `most` might do, so that nothing is known of the change as such where that does not. */
  readonly mayGoFurther?: boolean
  /** Whether less than a whole step may be enough, so that no step is known to be the smallest change. */
  readonly isRough?: boolean
  /** How many steps a plan that was found makes use of, at least 0; left out where it cannot be told. */
  readonly needed?: (plan: Result) => number
}

/** One kind of change: what of it might help here. */
export type Propose = (scene: Scene) => Proposal[]

/** A change that is made or not made. */
export function onlyStep(step: Step): Pick<Proposal, 'most' | 'guess' | 'step'> {
  return { most: 1, guess: 1, step: () => step }
}
