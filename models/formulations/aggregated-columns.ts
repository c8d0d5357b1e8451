import type { ProgramDraft } from './draft.js'

/** Columns of the aggregated formulation, by what they mean. */
export interface AggregatedColumns
  extends Pick<ProgramDraft, 'nodes' | 'isOpen' | 'active' | 'groups' | 'stay' | 'unplaced'> {
  /** a: copies of a deployment that arrive on a node; key deployment × all nodes + node. */
  readonly arrive: ReadonlyMap<number, number>
  /** Empty nodes that nothing tells apart: the program uses the first ones of each list first. */
  readonly alikes: readonly (readonly number[])[]
}
