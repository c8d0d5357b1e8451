import type { Packing } from '../instance/packing.js'
import type { LinearProgram, ProgramNames } from '../linear-program/program.js'
import type { LevelLimit, ObjectiveLevel } from './objective-levels.js'

/** A Problem as a mixed-integer program: one program for each level of the objectives, and what its points mean. */
export interface Formulation {
  /** Minimise `level`, with the levels of `atMost` held. */
  readonly program: (
    level: ObjectiveLevel,
    atMost?: readonly LevelLimit[]
  ) => { program: LinearProgram; names: ProgramNames }
  /** The packing that a point means, whole columns taken as rounded. Whether it is legal is for a checker to say. */
  readonly toPacking: (point: Float64Array) => Packing
}
