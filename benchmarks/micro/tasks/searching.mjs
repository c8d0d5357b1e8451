/** Who finds placements: greedy, and the pricing of column generation, alone and with nobody's help. */
import { mergeAlike } from '../../../dist/models/formulations/merge-alike.js'
import { formulatePatterns } from '../../../dist/models/formulations/pattern-problem.js'
import { compileInstance } from '../../../dist/models/instance/compile.js'
import { Budget } from '../../../dist/src/budget.js'
import { greedyPackings } from '../../../dist/src/search/greedy/greedy.js'
import { loadHighs } from '../../../dist/src/solvers/highs/runtime.js'
import { ColumnGeneration } from '../../../dist/src/solvers/patterns/column-generation.js'
import { Effort } from '../../../dist/src/solvers/patterns/effort.js'
import { wideLimits } from '../../../dist/src/solvers/patterns/lagrangian-bound.js'
import { PatternPool } from '../../../dist/src/solvers/patterns/pattern-pool.js'
import { PatternPricing } from '../../../dist/src/solvers/patterns/pattern-pricing.js'
import { readProblem } from './reading.mjs'

/** @import { Exercise } from '../task.mjs' */
/** @import { Instance } from './reading.mjs' */

/** Rounds of column generation until prices are such as most of its rounds have. */
const ROUNDS = 20
/** The most thorough effort of a pricing. */
const THOROUGH = 2

/** All that greedy tries; what comes of it is the cost of its best packing. @type {(name: string) => Exercise<Instance>} */
export function greedily(name) {
  const problem = readProblem(name)
  return {
    // Another one each time: some of what greedy finds out of an instance, it remembers.
    begin: () => compileInstance(problem),
    run: (instance) => {
      let best = Infinity
      for (const state of greedyPackings(instance, Budget.ofWork(Infinity))) {
        if (state !== null) best = Math.min(best, state.cost)
      }
      return best
    }
  }
}

/**
 * Prices every kind and group of nodes once, as exactly as it can; what comes of it is the sum of what it proves.
 *
 * @type {(name: string) => Promise<Exercise<PatternPricing>>}
 */
export async function pricing(name) {
  const highs = await loadHighs()
  const problem = formulatePatterns(mergeAlike(compileInstance(readProblem(name))).instance, true)
  // What it remembers of one call makes the next one faster: each has one that remembers nothing.
  const begin = () => new PatternPricing(highs, problem, new Effort(() => false))
  const { center, solution } = converge(begin())
  return {
    begin,
    run: (pricing) => {
      const { priced } = pricing.price(problem, center, solution, THOROUGH)
      pricing.dispose()
      return priced.reduce((sum, { bound }) => sum + bound, 0)
    }
  }
}

/** What some rounds of column generation come to. @param {PatternPricing} pricing */
function converge(pricing) {
  const { highs, problem } = pricing
  const generation = new ColumnGeneration(highs, problem, pricing, new PatternPool())
  let rounds = 0
  const limits = wideLimits(problem)
  const relaxation = generation.converge({ limits, center: null, isEnough: () => ++rounds >= ROUNDS })
  generation.dispose()
  pricing.dispose()
  return relaxation
}
