import { parseProblem } from '../../../models/contract/parse.js'
import type { Problem, ProblemInput } from '../../../models/contract/problem.js'
import type { Result } from '../../../models/contract/result.js'
import type { Unchecked } from '../../../models/contract/unchecked.js'
import { gapBetween } from '../../search/incumbents.js'
import { type AnswerHead, headOf } from '../question/answer.js'
import {
  expectOptions,
  isWholeFrom,
  type QuestionOptions,
  type QuestionProgress,
  type ResolvedQuestion,
  resolveQuestion
} from '../question/options.js'
import { planWithin } from '../question/plan-for.js'
import { geometricLimits } from './geometric-limits.js'
import { findKnee } from './knee.js'
import { Points, type SolvedPoint } from './points.js'

export interface CurveOptions extends QuestionOptions {
  /** Money for one migration. Default: the Problem's `moveCostPrice` for each unit of move cost. */
  readonly pricePerMigration?: number
  /** Limits to the number of migrations that are solved. Default: 0, 1, 2, 5, 10, … up to the number of the best plan without a limit. */
  readonly limits?: readonly number[]
  /** Points that are added around the knee, one after another. Default 4. */
  readonly refine?: number
}

/** What a plan costs against how much may move. */
export interface CurveAnswer extends AnswerHead<'curve'> {
  /** What the active nodes cost today. */
  readonly initialCostPerHour: number
  /** By falling cost and rising number of migrations allowed. */
  readonly points: readonly CurvePoint[]
  /** The point farthest from the chord (Kneedle): its index in `points`; null where there is none. */
  readonly knee: number | null
  /** Where payback hours come from: `pricePerMigration`, `moveCostPrice`, or nothing. */
  readonly price: { readonly from: 'option' | 'problem'; readonly amount: number } | null
  readonly notes: readonly string[]
}

export interface CurvePoint {
  /** Migrations that were allowed at most; null: any number. */
  readonly maxMigrations: number | null
  /** Those of the plan that was found. */
  readonly migrations: number
  readonly moveCost: number
  readonly costPerHour: number
  /** Proven: no plan with as many migrations costs less. */
  readonly bound: number
  readonly gap: number
  /** Against the first point, in money per hour. */
  readonly saving: number
  /** Saved per migration beyond those of the point before it; null for the first, and where it has no more. */
  readonly savingPerMigration: number | null
  /** What the migrations cost, by the price; null without one. */
  readonly migrationPrice: number | null
  /** Hours until the saving has paid for the migrations; null without a price or a saving. */
  readonly paybackHours: number | null
  readonly makespanSeconds: number
  /** Whether the plan of a point with fewer migrations is the best that was found here, too. */
  readonly isReused: boolean
}

/** Part of the time for the plan without a limit: all others begin where it ends. */
const FREE_SHARE = 0.3
const REFINE = 4
/** Of the time for all points, so much is kept for those that prove hard. */
const KEPT = 0.3
/** Part of what is left that one of them gets. */
const AGAIN_SHARE = 0.4

/** The share of what is left for the first of so many points, when all get the same and some is kept. */
function firstPart(points: number): number {
  return 1 / (points + (KEPT / (1 - KEPT)) * points)
}

/**
 * Cost against the number of migrations: a curve of plans of `compact`, each under its own `maxMigrations` and begun with the plan of the point
 * before it, so that no point is worse than one with fewer migrations. A bound for more migrations is one for fewer, too. Around the
 * knee points are added. The gate and the horizon of the Problem are left out, its other budgets hold.
 *
 * Throws InputError for what is no Problem and for unknown options; the signal's reason on an abort.
 */
export async function curve(input: Unchecked<ProblemInput>, options: CurveOptions = {}): Promise<CurveAnswer> {
  const problem = parseProblem(input)
  const question = resolveQuestion(options, ['pricePerMigration', 'limits', 'refine'])
  const isCount = isWholeFrom(0)
  expectOptions(options, [
    [
      'pricePerMigration',
      (value: unknown) => Number.isFinite(value) && (value as number) >= 0,
      'a number of at least 0'
    ],
    [
      'limits',
      (value: unknown) => Array.isArray(value) && value.every(isCount),
      'an array of whole numbers of at least 0'
    ],
    ['refine', isWholeFrom(0, 1000), 'a whole number from 0 to 1000']
  ])
  const asked: Problem = {
    ...problem,
    objective: { ...problem.objective, horizonHours: null },
    gate: { paybackHours: null, minSavingPerMove: 0 }
  }
  const { onPlacement } = question
  const free = await planWithin(asked, FREE_SHARE, {}, question, { done: 0, of: 1, doing: 'without a limit' })
  const points = new Points()
  const most = points.add(null, free)?.migrations ?? runningCopies(asked)
  const limits = [...new Set(options.limits ?? geometricLimits(most))].sort((left, right) => left - right)
  const refine = options.refine ?? REFINE
  const of = limits.length + refine + 1
  let done = 1
  const solve = async (limit: number, share: number) => {
    const told = { done: Math.min(done++, of - 1), of, doing: `at most ${limit} migrations` }
    points.add(limit, await solveWith(asked, limit, points, share, question, told))
  }
  for (const [order, limit] of limits.entries()) await solve(limit, firstPart(limits.length - order + refine))
  for (let added = 0; added < refine; added++) {
    const limit = points.nextAround(findKnee(points.described().map(toGrowing)))
    if (limit === null) break
    await solve(limit, firstPart(refine - added))
  }
  // What is left goes where most is open, begun with what is known there by now.
  for (const tried = new Set<number>(); !question.budget.isSpent(); ) {
    const limit = points.widestGap(question.relativeGap, tried)
    if (limit === null) break
    tried.add(limit)
    await solve(limit, AGAIN_SHARE)
  }
  const solved = points.described()
  for (const { result, maxMigrations } of solved) {
    onPlacement?.({
      shows: `curve: at most ${maxMigrations ?? 'any number of'} migrations`,
      problem: asked,
      placement: result
    })
  }
  const price = priceOf(problem, options.pricePerMigration)
  return {
    ...headOf('curve', problem, question),
    initialCostPerHour: free.initial.costPerHour,
    points: solved.map((point, index) => describePoint(solved, index, point, price)),
    knee: findKnee(solved.map(toGrowing)),
    price,
    notes: notesOn(problem, points, price)
  }
}

function solveWith(
  problem: Problem,
  limit: number,
  points: Points,
  share: number,
  question: ResolvedQuestion,
  told: Omit<QuestionProgress, 'elapsedMs'>
): Promise<Result> {
  const start = points.bestWithin(limit)
  return planWithin(problem, share, { maxMigrations: limit, ...(start !== null && { start }) }, question, told)
}

function runningCopies({ replicas }: Problem): number {
  return replicas.filter(({ node, state }) => node !== null && state !== 'draining').length
}

const toGrowing = ({ migrations, costPerHour }: SolvedPoint) => ({ spent: migrations, gained: -costPerHour })

function describePoint(
  points: readonly SolvedPoint[],
  index: number,
  { maxMigrations, result, costPerHour, migrations, bound, isReused }: SolvedPoint,
  price: CurveAnswer['price']
): CurvePoint {
  const first = points[0] as SolvedPoint
  const before = points[index - 1]
  const moveCost = result.objective?.moveCost ?? 0
  const saving = first.costPerHour - costPerHour
  const more = before === undefined ? 0 : migrations - before.migrations
  const migrationPrice = price === null ? null : price.amount * (price.from === 'option' ? migrations : moveCost)
  return {
    maxMigrations,
    migrations,
    moveCost,
    costPerHour,
    bound,
    gap: gapBetween(costPerHour, bound),
    saving,
    savingPerMigration: before === undefined || more <= 0 ? null : (before.costPerHour - costPerHour) / more,
    migrationPrice,
    paybackHours: migrationPrice === null || saving <= 1e-9 ? null : migrationPrice / saving,
    makespanSeconds: result.plan.makespanSeconds,
    isReused
  }
}

function priceOf({ objective }: Problem, option: number | undefined): CurveAnswer['price'] {
  if (option !== undefined) return { from: 'option', amount: option }
  return objective.moveCostPrice > 0 ? { from: 'problem', amount: objective.moveCostPrice } : null
}

function notesOn({ gate, objective, budget }: Problem, points: Points, price: CurveAnswer['price']): string[] {
  const notes: string[] = []
  if (points.failed.length > 0) {
    notes.push(
      `no plan was found with at most so many migrations: ${points.failed.map((limit) => limit ?? 'any').join(', ')}`
    )
  }
  if (price === null) notes.push('no payback hours: there is neither a price per migration nor a moveCostPrice')
  if (gate.paybackHours !== null || gate.minSavingPerMove > 0) notes.push('the gate of the Problem is left out')
  if (objective.horizonHours !== null) notes.push('the horizon of the Problem is left out: cost first, then moves')
  const limits = Object.keys(budget).filter((name) => budget[name as keyof typeof budget] !== undefined)
  if (limits.length > 0) notes.push(`budgets of the Problem hold for every point: ${limits.join(', ')}`)
  return notes
}
