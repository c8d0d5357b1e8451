import { verifyResult } from '../../../models/checker/verify-result.js'
import { InputError, parseProblem } from '../../../models/contract/parse.js'
import type { Problem } from '../../../models/contract/problem.js'
import type { Result } from '../../../models/contract/result.js'
import { compileInstance } from '../../../models/instance/compile.js'
import type { Budget } from '../../budget.js'
import type { ResolvedQuestion } from '../../capacity/question/options.js'
import { planWithin } from '../../capacity/question/plan-for.js'
import { readStart } from '../../result/read-start.js'
import { appraise } from '../../search/worth.js'
import { isNoWorse } from './no-worse.js'

/** What a change is to bring about. */
export interface Aim {
  /** The Problem as it is solved: with what is asked for imposed on it. */
  readonly impose: (problem: Problem) => Problem
  /** Whether a legal plan is what is asked for. */
  readonly isReached: (plan: Result) => boolean
  /** Whether a proven bound on the primary objective leaves nothing that is. */
  readonly isExcluded: (bound: number) => boolean
  /** Where the search begins. */
  readonly start: Result | null
  /** The rules of the Problem that the start is of; left out where there is none. */
  readonly rules?: Problem['rules']
}

/** What came of solving a changed Problem. */
export interface Trial {
  /** impossible: it is proven that no plan is what is asked for. */
  readonly verdict: 'works' | 'impossible' | 'unknown'
  /** What was changed left no Problem, such as one without any replica: then it is no change. */
  readonly isInvalid?: boolean
  /** The best legal plan that was found for what was imposed, whether or not it is what is asked for. */
  readonly plan: Result | null
  /** What was answered to what was imposed, legal for the Problem itself or not: a gate is none there. null where it was not solved. */
  readonly answer: Result | null
}

/** Part of what a trial may take that greedy has first. */
const GREEDY_SHARE = 0.2
/** Replicas up to which greedy is asked at once; its plans for more take seconds to order and check. */
const MOST_GREEDY = 600
/** Units of the budget below which nothing is begun. */
const LEAST = 20

/** Solves changed Problems, one after the other, within the limits of a question. Every plan it returns passes the checker. */
export class Trials {
  /** Trials that were made, and those that are known by now. */
  #made = 0
  #of = 1

  constructor(
    readonly question: ResolvedQuestion,
    readonly aim: Aim,
    /** Whether only what looks promising at once is solved. */
    readonly isQuick = false
  ) {}

  /** Says that so many trials more are to be made: progress counts them. */
  expect(count: number): void {
    this.#of = this.#made + count
  }

  get isOver(): boolean {
    return this.question.budget.remaining() < LEAST
  }

  /**
   * Whether what is asked for is possible in a Problem: greedily from the incumbent, where that looks promising, then with the whole engine.
   */
  async solve(problem: Problem, budget: Budget, doing: string): Promise<Trial> {
    const { question, aim, isQuick } = this
    const from = aim.start
    question.signal.throwIfAborted()
    this.#made++
    const told = { done: this.#made - 1, of: Math.max(this.#of, this.#made), doing }
    const imposed = aim.impose(problem)
    if (!isProblem(imposed)) return { verdict: 'unknown', isInvalid: true, plan: null, answer: null }
    const plan = (own: Budget, start: Result | null, options = {}) =>
      planWithin(imposed, 1, { ...(start && { start }), ...options }, { ...question, budget: own }, told)
    const isGreedyOnly = question.solver === 'greedy'
    const isSmall = problem.replicas.length <= MOST_GREEDY
    if (from === null || isGreedyOnly || isSmall || this.#isPromising(imposed, from, budget)) {
      const quick = await plan(isGreedyOnly ? budget : budget.share(GREEDY_SHARE), from, { solver: 'greedy' })
      const first = this.judge(problem, quick)
      if (first.verdict !== 'unknown' || isGreedyOnly || budget.remaining() < LEAST) return this.#tell(problem, first)
    }
    if (isQuick) return { verdict: 'unknown', plan: null, answer: null }
    return this.#tell(problem, this.judge(problem, await plan(budget, from)))
  }

  /** Whether the start, repaired for what is imposed, already costs less: a look that needs neither an order of moves nor a solver. */
  #isPromising(imposed: Problem, from: Result, budget: Budget): boolean {
    const { aim } = this
    const instance = compileInstance(imposed)
    const { state } = readStart(instance, from, () => budget.isLate())
    budget.charge((instance.nodes.length * instance.deployments.length) / 5_000)
    const { missing, total } = appraise(state)
    return missing === 0 && !aim.isExcluded(total)
  }

  /** The same with more search from a plan that was found, for a lower price. */
  async improve(problem: Problem, plan: Result, budget: Budget, doing: string): Promise<Result> {
    if (this.question.solver === 'greedy' || plan.gap === 0 || budget.remaining() < LEAST) return plan
    const told = { done: this.#made, of: Math.max(this.#of, this.#made), doing }
    const more = await planWithin(this.aim.impose(problem), 1, { start: plan }, { ...this.question, budget }, told)
    const { verdict, plan: better } = this.judge(problem, more)
    if (verdict !== 'works' || better === null) return plan
    return (better.objective?.total ?? Infinity) <= (plan.objective?.total ?? Infinity) ? better : plan
  }

  /** What a Result for what was imposed says of a Problem. It must be a legal one there, too. */
  judge(problem: Problem, found: Result): Trial {
    const { aim } = this
    const isProven =
      found.termination === 'infeasible' || aim.isExcluded(found.bound?.total ?? Number.NEGATIVE_INFINITY)
    const failed: Trial = { verdict: isProven ? 'impossible' : 'unknown', plan: null, answer: found }
    if (found.primalStatus === 'none' || !this.isLegal(problem, found)) return failed
    return aim.isReached(found) ? { verdict: 'works', plan: found, answer: found } : { ...failed, plan: found }
  }

  /** Whether a plan that was found for what was imposed is one of a Problem without that, and is no worse than the start. */
  isLegal(problem: Problem, plan: Result): boolean {
    const { start } = this.aim
    if (!isNoWorse(problem, plan, start ?? NOTHING_BROKEN, this.aim.rules)) return false
    // The bound is one of what was imposed, and no more than that.
    return verifyResult(problem, { ...withoutBound(plan), explanation: {} }).length === 0
  }

  #tell(problem: Problem, trial: Trial): Trial {
    if (trial.verdict === 'works' && trial.plan !== null)
      this.question.onPlacement?.({ shows: 'a change that works', problem, placement: trial.plan })
    return trial
  }
}

/** A plan of which nothing is proven. */
export function withoutBound({ certificate: _, ...plan }: Result): Result {
  const gap = (plan.objective?.total ?? 0) > 0 ? 1 : 0
  return { ...plan, bound: { costPerHour: 0, total: 0 }, gap, termination: 'time-limit' }
}

function isProblem(changed: Problem): boolean {
  try {
    parseProblem(changed)
    return true
  } catch (error) {
    if (error instanceof InputError) return false
    throw error
  }
}

/** A plan in which every rule holds and everything has a place. */
const NOTHING_BROKEN = { violations: [], unplaced: [] }
