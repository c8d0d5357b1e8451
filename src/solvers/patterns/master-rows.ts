import type { SparseMatrix } from 'highs'
import type { PatternProblem } from '../../../models/formulations/pattern-problem.js'
import { SparseColumns } from '../highs/sparse-columns.js'
import { isHeld } from './lagrangian-bound.js'
import { linkOf, type Pattern } from './pattern.js'

/**
 * The rows of the master, in their order: copies of each deployment, active nodes of each kind, nodes of each group, linking rows. Both
 * the linear program and the integer program over patterns have them.
 */
export class MasterRows {
  /** Index of the first row of each sort; those of deployments begin at 0. */
  readonly kinds: number
  readonly groups: number
  readonly links: number
  readonly count: number

  constructor(readonly problem: PatternProblem) {
    const { deployments, kinds, groupKind, linkLeast } = problem
    this.kinds = deployments
    this.groups = deployments + kinds
    this.links = this.groups + groupKind.length
    this.count = this.links + linkLeast.length
  }

  /** At least what is wanted, at most the nodes that there are. */
  bounds(): { readonly lower: Float64Array; readonly upper: Float64Array } {
    const { wanted, available, groupNodes, linkLeast } = this.problem
    const lower = new Float64Array(this.count).fill(-Infinity)
    const upper = new Float64Array(this.count).fill(Infinity)
    lower.set(wanted)
    upper.set(available, this.kinds)
    upper.set(groupNodes, this.groups)
    for (const [group, nodes] of groupNodes.entries())
      if (isHeld(this.problem, group)) lower[this.groups + group] = nodes
    lower.set(linkLeast, this.links)
    return { lower, upper }
  }

  /** What one node with each pattern adds to each row. */
  columns(patterns: readonly Pattern[]): SparseMatrix {
    const columns = new SparseColumns()
    for (const pattern of patterns) {
      const { kind, group, counts } = pattern
      for (let deployment = 0; deployment < counts.length; deployment++)
        columns.enter(deployment, counts[deployment] as number)
      columns.enter(this.kinds + kind, 1)
      if (group >= 0) columns.enter(this.groups + group, 1)
      for (let link = this.links; link < this.count; link++) {
        columns.enter(link, linkOf(this.problem, link - this.links, pattern))
      }
      columns.end()
    }
    return columns.matrix(this.count)
  }
}
