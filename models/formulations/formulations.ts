import type { Instance } from '../instance/instance.js'
import { formulateAggregated } from './aggregated.js'
import { formulateAssignment } from './assignment.js'
import type { Formulation } from './formulation.js'

/** Every formulation that has all objectives, by name. A new one is a file and a line here. */
export const formulations = {
  aggregated: (instance: Instance) => formulateAggregated(instance),
  assignment: formulateAssignment
} satisfies Record<string, (instance: Instance) => Formulation>

export type FormulationName = keyof typeof formulations
