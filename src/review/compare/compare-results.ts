import { InputError, parseProblem, parseResult } from '../../../models/contract/parse.js'
import type { NewNode, UnplacedReplica } from '../../../models/contract/placement.js'
import type { Problem, ProblemInput } from '../../../models/contract/problem.js'
import type { Result, Violation } from '../../../models/contract/result.js'
import type { Unchecked } from '../../../models/contract/unchecked.js'
import { countBy } from '../../../models/grouping.js'
import { expectMadeFor } from '../../result/read-result.js'
import { headOf } from '../answer-head.js'
import { compareEnds, differingCounts, type End, type Trait } from './compare-ends.js'
import { differingKeys } from './differing-keys.js'
import { figureOf, isUnchanged } from './figures.js'
import { matchNewNodes } from './match-new-nodes.js'
import {
  type Figure,
  type FigureName,
  figureNames,
  type OnlyIn,
  type PlannedMove,
  type ResultDifference
} from './result-difference.js'

/**
 * How one Result of a Problem differs from another: figures, nodes, where replicas end, moves, the plan. Throws InputError for what is no Problem or
 * no Result, and where one of them was made for another Problem.
 */
export function compareResults(
  problem: Unchecked<ProblemInput>,
  before: Unchecked<Result>,
  after: Unchecked<Result>
): ResultDifference {
  const parsed = parseProblem(problem)
  const results = [readResult('before', before), readResult('after', after)] as const
  for (const [order, name] of (['before', 'after'] as const).entries())
    expectMadeFor(parsed, results[order] as Result, { path: `${name}.problem.fingerprint` })
  return differenceBetween(parsed, ...results)
}

/** A Result. Throws InputError that says which of the two is none. */
function readResult(name: string, value: unknown): Result {
  try {
    return parseResult(value)
  } catch (error) {
    throw error instanceof InputError ? new InputError(`${name}: ${error.subject}`, error.issues) : error
  }
}

/** The same, for Results of the Problem that are known to be ones. */
export function differenceBetween(problem: Problem, before: Result, after: Result): ResultDifference {
  const owners = new Map(problem.replicas.map(({ id, deployment }) => [id, deployment]))
  const homes = new Map(problem.replicas.map(({ id, node }) => [id, node]))
  const ownerOf = (replica: string, given = '') => owners.get(replica) ?? given
  const names = matchNewNodes(before, after, ownerOf)
  const nameOf = (node: string) => names.get(node) ?? node
  const endsOf = ({ placement }: Result, rename: (node: string) => string): Map<string, End> =>
    new Map(
      placement.map(({ replica, deployment, node, devices = {} }) => [
        replica,
        { replica, deployment: ownerOf(replica, deployment), node: rename(node), devices }
      ])
    )
  const ends = compareEnds(
    endsOf(before, (node) => node),
    endsOf(after, nameOf),
    traitsOf(problem)
  )
  const renamed = new Set(ends.renamed.map(({ replica }) => replica))
  const movesOf = ({ placement }: Result, rename: (node: string) => string): PlannedMove[] =>
    placement.flatMap(({ replica, deployment, node }) => {
      const from = homes.get(replica) ?? null
      const to = rename(node)
      return from === to || renamed.has(replica)
        ? []
        : [{ replica, deployment: ownerOf(replica, deployment), from, to }]
    })
  const typeOf = ({ type }: NewNode) => type
  const deploymentOf = ({ deployment }: UnplacedReplica) => deployment
  const figures = Object.fromEntries(
    figureNames.map((name): [FigureName, Figure] => [
      name,
      { before: figureOf(before, name), after: figureOf(after, name) }
    ])
  ) as Record<FigureName, Figure>
  const room = (result: Result, rename: (node: string) => string) =>
    result.headroom.map(({ deployment, node }) => ({ deployment, node: rename(node) }))
  const difference = {
    released: onlyIn(before.releasedNodes, after.releasedNodes, (id) => id),
    bought: differingKeys(countBy(before.newNodes, typeOf), countBy(after.newNodes, typeOf)).map(([type, counts]) => ({
      type,
      ...counts
    })),
    headroom: differingCounts(
      room(before, (node) => node),
      room(after, nameOf)
    ),
    ...ends,
    moves: onlyIn(
      movesOf(before, (node) => node),
      movesOf(after, nameOf),
      ({ replica, to }) => JSON.stringify([replica, to])
    ),
    unplaced: differingKeys(countBy(before.unplaced, deploymentOf), countBy(after.unplaced, deploymentOf)).map(
      ([deployment, counts]) => ({ deployment, ...counts })
    ),
    violations: onlyIn<Violation>(before.violations, after.violations, ({ code, where, message }) =>
      JSON.stringify([code, where, message])
    ),
    rungs: rungsOf(before, after)
  }
  const { renamed: _, ...real } = difference
  const isEmpty = (part: readonly unknown[] | OnlyIn<unknown>) =>
    'before' in part ? part.before.length + part.after.length === 0 : part.length === 0
  const isSame =
    Object.values(real).every(isEmpty) &&
    figureNames.every((name) => PROOF.includes(name) || isUnchanged(figures[name]))
  return {
    ...headOf('difference', problem, before.problem.fingerprint),
    same: isSame,
    termination: { before: before.termination, after: after.termination },
    figures,
    ...difference
  }
}

/** What tells replicas that run from others of their deployment. */
function traitsOf({ deployments, replicas }: Problem): Map<string, Trait> {
  const owners = new Map(deployments.map((deployment) => [deployment.id, deployment]))
  return new Map(
    replicas.flatMap((replica): [string, Trait][] => {
      const { id, node: home, state, gang } = replica
      if (home === null) return []
      const owner = owners.get(replica.deployment)
      const moveCost = replica.moveCost ?? owner?.moveCost ?? 0
      const isFree = (replica.movable ?? owner?.movable) !== false && state === 'running' && gang === undefined
      return [[id, { home, moveCost, hold: isFree ? '' : JSON.stringify([replica.movable, state, gang]) }]]
    })
  )
}

/** Figures that say what is known of a plan, and not what it is. */
const PROOF: readonly FigureName[] = ['bound', 'gap']

function onlyIn<Item>(before: readonly Item[], after: readonly Item[], keyOf: (item: Item) => string): OnlyIn<Item> {
  const without = (items: readonly Item[], others: readonly Item[]) => {
    const keys = new Set(others.map(keyOf))
    return items.filter((item) => !keys.has(keyOf(item)))
  }
  return { before: without(before, after), after: without(after, before) }
}

function rungsOf(before: Result, after: Result): ResultDifference['rungs'] {
  const moves = ({ plan }: Result) => new Map((plan.rungs ?? []).map(({ rung, moves: count }) => [rung, count]))
  return differingKeys(moves(before), moves(after)).map(([rung, counts]) => ({ rung, ...counts }))
}
