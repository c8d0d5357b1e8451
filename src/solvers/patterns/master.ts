import type { Highs, Model } from 'highs'
import type { PatternProblem } from '../../../models/formulations/pattern-problem.js'
import type { KindLimits, Prices } from './lagrangian-bound.js'
import { MasterRows } from './master-rows.js'
import { costOf, dearestNode, keyOf, type Pattern } from './pattern.js'

/** Optimum of the master and its prices. */
export interface MasterSolution {
  readonly objective: number
  /** Nodes that get each pattern. */
  readonly nodes: Float64Array
  readonly prices: Prices
  /** What one more node of each kind takes off the objective, beside what its contents are worth: negative where that many must be active. */
  readonly kindRent: Float64Array
  /** The same for each group, on top of its kind's. */
  readonly groupRent: Float64Array
  /** What only artificial columns supply. */
  readonly missing: number
}

/** Cost of what is missing, in nodes of the dearest kind. More would make the first prices wild, and dives poor. */
const MISSING = 20
/** Costs are scaled so that the dearest node costs about this much: the solver's tolerances are absolute. */
const DEAREST = 32

/**
 * The master program: min Σ cost · λ with Σ copies · λ ≥ wanted for each deployment, Σ λ between limits for each kind and at most
 * the nodes of each group, and Σ link · λ ≥ least for each linking row. A linear program in HiGHS that gains columns and keeps its
 * basis: new columns leave it primal feasible, so the primal simplex goes on. Artificial columns keep it feasible.
 */
export class Master {
  readonly #model: Model
  readonly patterns: Pattern[] = []
  readonly #known = new Set<string>()
  readonly #artificials: number
  readonly #rows: MasterRows
  readonly #scale: number
  #iterations = 0

  constructor(
    highs: Highs,
    readonly problem: PatternProblem
  ) {
    const { deployments, kinds, cost, groupNodes, linkLeast } = problem
    const groups = groupNodes.length
    const links = linkLeast.length
    this.#rows = new MasterRows(problem)
    // For the rows that ask for at least something: copies, links, active nodes of a kind, groups that hold copies.
    this.#artificials = deployments + links + kinds + groups
    const dearest = dearestNode(problem)
    this.#scale = dearest > 0 ? 2 ** Math.round(Math.log2(DEAREST / dearest)) : 1
    const { lower, upper } = this.#rows.bounds()
    const rowOf = (artificial: number) => {
      if (artificial < deployments) return artificial
      return artificial < deployments + links ? artificial + kinds + groups : artificial - links
    }
    // Where nodes cost nothing, a place may be worth all that stays elsewhere.
    const isFree = cost.every((one) => one === 0)
    const missing = Math.max(1, dearest * this.#scale) * MISSING + (isFree ? allRewards(problem) * this.#scale : 0)
    this.#model = highs.createModel()
    // 4: primal simplex.
    this.#model.options.set({ output_flag: false, presolve: 'off', simplex_strategy: 4 })
    this.#model.passModel({
      numCols: this.#artificials,
      numRows: this.#rows.count,
      offset: 0,
      colCost: new Float64Array(this.#artificials).fill(missing),
      colLower: new Float64Array(this.#artificials),
      colUpper: new Float64Array(this.#artificials).fill(Infinity),
      rowLower: lower,
      rowUpper: upper,
      matrix: {
        format: 'csc',
        numRows: this.#rows.count,
        numCols: this.#artificials,
        starts: Int32Array.from({ length: this.#artificials + 1 }, (_, column) => column),
        indices: Int32Array.from({ length: this.#artificials }, (_, column) => rowOf(column)),
        values: new Float64Array(this.#artificials).fill(1)
      }
    })
  }

  /** Iterations of the simplex by now. */
  get iterations(): number {
    return this.#iterations
  }

  /** Adds the patterns that are new. Returns how many were. */
  add(patterns: readonly Pattern[]): number {
    const fresh: Pattern[] = []
    for (const pattern of patterns) {
      const key = keyOf(pattern)
      if (this.#known.has(key)) continue
      this.#known.add(key)
      fresh.push(pattern)
      this.patterns.push(pattern)
    }
    if (fresh.length === 0) return 0
    this.#model.addCols({
      cost: Float64Array.from(fresh, (pattern) => costOf(this.problem, pattern) * this.#scale),
      lower: new Float64Array(fresh.length),
      upper: new Float64Array(fresh.length).fill(Infinity),
      matrix: this.#rows.columns(fresh)
    })
    return fresh.length
  }

  solve(): MasterSolution {
    this.#model.run()
    this.#iterations += Math.max(0, Number(this.#model.info.get('simplex_iteration_count')))
    const { colValue, rowDual } = this.#model.getSolution()
    const { deployments, kinds, groupKind, linkLeast } = this.problem
    const rows = this.#rows
    let missing = 0
    for (let column = 0; column < this.#artificials; column++) missing += colValue[column] as number
    const duals = (from: number, length: number, least: number) =>
      Float64Array.from({ length }, (_, row) => Math.max(least, (rowDual[from + row] as number) / this.#scale))
    return {
      objective: this.#model.getObjectiveValue() / this.#scale,
      nodes: colValue.slice(this.#artificials),
      prices: { copy: duals(0, deployments, 0), link: duals(rows.links, linkLeast.length, 0) },
      kindRent: duals(rows.kinds, kinds, -Infinity).map((dual) => -dual),
      groupRent: duals(rows.groups, groupKind.length, -Infinity).map((dual) => -dual),
      missing
    }
  }

  /** Between so many nodes of each kind are active. */
  limit({ least, most }: KindLimits): void {
    for (let kind = 0; kind < this.problem.kinds; kind++) {
      this.#model.changeRowBounds(this.#rows.kinds + kind, least[kind] as number, most[kind] as number)
    }
  }

  dispose(): void {
    this.#model.dispose()
  }
}

/** What the objective can come to at most by what stays. */
function allRewards({ groupKind, groupNodes, residentStart, residentCopies, residentReward }: PatternProblem): number {
  let sum = 0
  for (let group = 0; group < groupKind.length; group++) {
    for (let at = residentStart[group] as number; at < (residentStart[group + 1] as number); at++) {
      sum += (groupNodes[group] as number) * (residentCopies[at] as number) * (residentReward[at] as number)
    }
  }
  return sum
}
