import { formatPath } from '../../../models/contract/describe-input.js'
import type { Problem } from '../../../models/contract/problem.js'
import type { ConflictPart, Result } from '../../../models/contract/result.js'
import { compileInstance } from '../../../models/instance/compile.js'
import type { ResolvedQuestion } from '../../capacity/question/options.js'
import { wantedCounts } from '../../capacity/question/scenario.js'
import { withSolvers } from '../../chosen-solvers.js'
import { filterConflict } from '../../result/conflict/deletion-filter.js'
import { giveUpParts, listParts, type ProblemPart } from '../../result/conflict/problem-parts.js'
import { type ConflictOptions, explainInfeasible } from '../../result/explain-infeasible.js'
import { proposeChanges } from './changes/all-changes.js'
import { describeEdits, inOrder, makeEdits } from './edits.js'
import { priceOf } from './price.js'
import { type PricedChange, type PricedChanges, priceChanges } from './priced-changes.js'
import { conflictScene } from './scene.js'
import { type Aim, Trials } from './trials.js'
import { headOfWhy, type WhyHead } from './why-head.js'

/** Why a Problem has no answer, and what would give it one. */
export interface ConflictAnswer extends WhyHead<'why-infeasible'>, PricedChanges {
  /** Parts that cannot hold together: the first conflict, then those that are left when all parts of those before are given up. */
  readonly conflicts: readonly Conflict[]
  /** Changes of one part of each conflict, where no change alone gives an answer; the cheapest first. */
  readonly combined: readonly CombinedChange[]
}

export interface Conflict {
  readonly parts: readonly NeededPart[]
  /** Whether it is proven that the parts cannot hold together. */
  readonly isProven: boolean
  /** What was counted beside them, such as a resource of which there is too little in all; and what is not known. */
  readonly remarks: readonly string[]
}

export interface NeededPart extends ConflictPart {
  /** true: without it the others can hold together, as a plan shows. */
  readonly needed: true | 'not-proven'
}

/** Several changes that give an answer together. */
export interface CombinedChange extends Omit<PricedChange, 'kind' | 'amount' | 'isSmallest'> {
  readonly kinds: readonly PricedChange['kind'][]
}

/** Independent conflicts that are looked for. */
const MOST_CONFLICTS = 3
/** Parts of the budget: for each conflict, for the proof that each part is needed, for changes alone. */
const CONFLICT_SHARE = 0.2
const NEED_SHARE = 0.3
const CHANGES_SHARE = 0.8
/** Changes of each conflict that are combined with those of others. */
const MOST_COMBINED = 4

const FEASIBLE: Aim = {
  impose: (problem) => problem,
  isReached: () => true,
  isExcluded: () => false,
  start: null
}

/** `result` says that there is no answer. */
export async function answerConflict(
  problem: Problem,
  result: Pick<Result, 'problem'>,
  question: ResolvedQuestion
): Promise<ConflictAnswer> {
  const { budget } = question
  const trials = new Trials(question, FEASIBLE)
  const first = await findConflict(problem, question)
  const parts = first === null ? [] : await proveNeeds(problem, first, trials)
  const scene = conflictScene(
    problem,
    (first?.conflict.parts ?? []).map(({ path }) => path)
  )
  const priced = await priceChanges(problem, proposeChanges(scene), {
    trials,
    budget: budget.share(CHANGES_SHARE),
    isBaseProven: first?.conflict.isProven === true,
    compare: cheaper
  })
  const conflicts = first === null ? [] : [{ ...first.conflict, parts }]
  const { others, combined } =
    priced.changes.length > 0 || first === null
      ? { others: [], combined: [] }
      : await lookFurther(problem, first, trials)
  return {
    ...headOfWhy('why-infeasible', problem, result, question),
    conflicts: [...conflicts, ...others],
    ...priced,
    combined
  }
}

/** The cheapest cluster first, then the one with fewer moves, then the smaller change. */
function cheaper(left: PricedChange, right: PricedChange): number {
  return left.total - right.total || left.moveCost - right.moveCost || (left.amount ?? 0) - (right.amount ?? 0)
}

interface FoundConflict {
  readonly conflict: Conflict
  /** The parts that can be given up; none where the conflict was found by counting alone. */
  readonly parts: readonly ProblemPart[]
}

/**
 * A small set of parts that cannot hold together when others are given up; null where none is found. Its paths are those of the Problem,
 * whatever is given up.
 */
async function findConflict(
  problem: Problem,
  question: ResolvedQuestion,
  without: readonly ProblemPart[] = []
): Promise<FoundConflict | null> {
  const { budget, signal } = question
  question.onProgress?.({ elapsedMs: question.elapsedMs(), done: 0, of: 2, doing: 'what cannot hold together' })
  const instance = compileInstance(problem)
  const own = budget.share(CONFLICT_SHARE)
  const counted = await countConflict(problem, without, { budget: own, signal, solvers: null })
  const filtered = await withSolvers(question, async (solvers) => {
    return solvers === null ? null : await filterConflict(instance, { budget: own, signal, solvers }, without)
  })
  signal.throwIfAborted()
  const { parts, remarks } = filtered !== null && filtered.parts.length > 0 ? filtered : counted
  if (parts.length === 0) return null
  // What was counted says more of a part than what it asks for.
  const messages = new Map(counted.parts.map(({ path, message }) => [path, message]))
  const byPath = new Map(listParts(instance).map((part) => [part.path, part]))
  const named = new Set(parts.map(({ path }) => path))
  const sums = counted.parts.filter(({ path, isProof }) => isProof && !named.has(path))
  return {
    conflict: {
      parts: parts.map(({ path, message }) => ({ path, message: messages.get(path) ?? message, needed: 'not-proven' })),
      isProven: parts.every(({ isProof }) => isProof),
      remarks: [...sums.map(({ path, message }) => `${path}: ${message}`), ...remarks]
    },
    parts: parts.flatMap(({ path }) => byPath.get(path) ?? [])
  }
}

/** What can be counted when parts are given up, with the paths of the whole Problem. */
async function countConflict(problem: Problem, without: readonly ProblemPart[], options: ConflictOptions) {
  const { parts, remarks } = await explainInfeasible(compileInstance(giveUpParts(problem, without)), options)
  const gone = new Set(without.map(({ path }) => path))
  const left = [...problem.rules.keys()].filter((index) => !gone.has(formatPath(['rules', index])))
  const inWhole = (path: string) =>
    path.replace(/^rules\[(\d+)\]/, (_, index) => formatPath(['rules', left[Number(index)] as number]))
  return { parts: parts.map((part) => ({ ...part, path: inWhole(part.path) })), remarks }
}

/** Of each part, whether the others can hold together without it: everything else is given up. */
async function proveNeeds(
  problem: Problem,
  { conflict, parts: kept }: FoundConflict,
  trials: Trials
): Promise<NeededPart[]> {
  if (kept.length < conflict.parts.length) return [...conflict.parts]
  const { budget } = trials.question
  const own = budget.share(NEED_SHARE)
  const names = new Set(kept.map(({ path }) => path))
  const others = listParts(compileInstance(problem)).filter(({ path }) => !names.has(path))
  const proven: NeededPart[] = []
  trials.expect(kept.length)
  for (const [order, part] of kept.entries()) {
    const without = giveUpParts(problem, [...others, part])
    const share = own.share(1 / (kept.length - order))
    const isNeeded =
      asksForNothing(without) ||
      (!own.isSpent() && (await trials.solve(without, share, `without ${part.path}`)).verdict === 'works')
    const message = conflict.parts[order]?.message ?? part.message
    proven.push({ path: part.path, message, needed: isNeeded ? true : 'not-proven' })
  }
  return proven
}

/** Whether nothing runs and nothing is asked for, so that the empty cluster is an answer. No Problem may be like that. */
function asksForNothing(problem: Problem): boolean {
  return (
    problem.replicas.length === 0 &&
    wantedCounts(problem).every((wanted) => wanted === 0) &&
    problem.headroom.every(({ replicas }) => replicas === 0) &&
    problem.rules.every((rule) => rule.kind !== 'at-least' || rule.count === 0)
  )
}

/** The conflicts that are left without the first, and one change of each conflict together. */
async function lookFurther(
  problem: Problem,
  first: FoundConflict,
  trials: Trials
): Promise<{ readonly others: Conflict[]; readonly combined: CombinedChange[] }> {
  const { question } = trials
  const found = [first]
  while (found.length < MOST_CONFLICTS && first.parts.length > 0 && !trials.isOver) {
    const next = await findConflict(
      problem,
      question,
      found.flatMap(({ parts }) => parts)
    )
    if (next === null || next.parts.length === 0) break
    found.push({ ...next, conflict: { ...next.conflict, parts: await proveNeeds(problem, next, trials) } })
  }
  const others = found.slice(1).map(({ conflict }) => conflict)
  if (others.length === 0) return { others, combined: [] }
  const choices = found.map(({ conflict }) =>
    proposeChanges(
      conflictScene(
        problem,
        conflict.parts.map(({ path }) => path)
      )
    ).slice(0, MOST_COMBINED)
  )
  const combinations = choices.reduce<(typeof choices)[number][]>(
    (all, own) => all.flatMap((chosen) => own.map((one) => [...chosen, one])),
    [[]]
  )
  const combined: CombinedChange[] = []
  for (const [order, chosen] of combinations.entries()) {
    if (trials.isOver) break
    const steps = chosen.map(({ step, guess, most }) => step(Math.min(most, guess)))
    const edits = steps.flatMap((step) => step.edits)
    const paths = new Set(edits.map(({ path }) => JSON.stringify(path)))
    if (paths.size < edits.length) continue
    const words = steps.map((step) => step.words).join('; and ')
    const own = question.budget.share(1.5 / (combinations.length - order + 0.5))
    const trial = await trials.solve(makeEdits(problem, edits), own, words)
    if (trial.verdict !== 'works' || trial.plan === null) continue
    combined.push({
      words,
      kinds: chosen.map(({ kind }) => kind),
      edits: describeEdits(problem, inOrder(edits)),
      ...priceOf(trial.plan, null)
    })
  }
  return { others, combined: combined.sort((left, right) => left.total - right.total) }
}
