import { brokenRules } from '../../models/checker/broken-rules.js'
import type { NewNode, Producer } from '../../models/contract/placement.js'
import type { Result, Termination } from '../../models/contract/result.js'
import { describeTarget, hostsOf } from '../../models/instance/describe-target.js'
import type { Instance, InstanceNode } from '../../models/instance/instance.js'
import type { Answer } from '../answers.js'
import type { Budget } from '../budget.js'
import type { GivenUp } from '../migration/cut.js'
import type { Sequence } from '../migration/sequence.js'
import type { CompactOptions } from '../options.js'
import { gapBetween, type Incumbents } from '../search/incumbents.js'
import { compareRequirements, totalOf } from '../search/worth.js'
import { explain } from './explain.js'
import { identityOf, planId } from './fingerprint.js'
import { explainUnrepaired } from './unrepaired.js'

/** What the placement was formulated as, by who made it. */
const FORMULATIONS: Readonly<Record<Producer, string>> = {
  'column-generation': 'pattern',
  mip: 'aggregated',
  'local-search': 'aggregated',
  greedy: 'none',
  initial: 'none'
}

/** What beside the search and the migration goes into a Result. */
export interface ResultContext {
  readonly fingerprint: string
  readonly seed: number
  readonly solver: string
  /** Remarks for people, beside those on the placement. */
  readonly notes: readonly string[]
  readonly relativeGap: number
  readonly interrupted: boolean
  /** Proven bound on the move cost at the cost of the best incumbent. */
  readonly moveBound: number
  readonly budget: Budget
  /** Limits that were given beside those of the Problem. */
  readonly limits?: Pick<CompactOptions, 'maxMigrations' | 'maxMoveCost'>
  /** Whose means of moving replicas the plan is restricted to. */
  readonly executableOn?: CompactOptions['executableOn']
}

/** What was hoped for before it showed what can be reached. */
export interface WishedFor {
  /** Money per hour of the best placement to which a safe way was sought. */
  readonly wishedCostPerHour?: number
  /** Moves to better placements that are not made. */
  readonly givenUp?: readonly GivenUp[]
}

/** Writes the Result of a migration. Costs, moves and gap are recomputed from what the plan reaches, as is the worth of the answer. */
export function assembleResult(
  incumbents: Incumbents,
  answer: Answer & WishedFor,
  sequence: Sequence,
  context: ResultContext
): Result {
  const { instance, watch } = incumbents
  const { problem } = instance
  const described = describeTarget(instance, sequence.target)
  const ends = migrationsOf(instance, sequence)
  const hosts = hostsOf(sequence.target)
  const active = instance.nodes.filter((node) => hosts.has(node.index) || !node.releasable)
  const costPerHour = sumCosts(active)
  const moveCost = ends.reduce((sum, copy) => sum + copy.moveCost, 0)
  const { horizonHours } = problem.objective
  const total = totalOf(problem.objective, costPerHour, moveCost)
  // Bounds are about placements that miss, break and leave out no more than the best known.
  const { best } = incumbents
  const isAsGood = best === null || compareRequirements(answer.worth, best.worth) <= 0
  const totalBound = isAsGood ? Math.min(incumbents.totalBound, total) : 0
  const costBound = horizonHours === null || !isAsGood ? totalBound : Math.min(incumbents.costBound, costPerHour)
  const gap = gapBetween(total, totalBound)
  // What comes before the cost must be proven, too: nothing broken and nothing unplaced needs no proof.
  const { missing, broken, unplaced } = answer.worth
  const isWhole = broken === 0 && unplaced.every((count) => count === 0)
  const isProven = missing === 0 && (isWhole || (isAsGood && incumbents.requirementsProven))
  const isBest = isAsGood && total <= (best?.worth.total ?? total) * (1 + 1e-9) + 1e-9
  const repairs = {
    isProven: incumbents.requirementsProven && isAsGood,
    isBeaten: best !== null && best.worth.missing === 0 && broken > best.worth.broken + 1e-6,
    isSought: context.solver !== 'none'
  }
  const deploymentOf = new Map(problem.replicas.map((replica) => [replica.id, replica.deployment]))
  const violations = brokenRules(
    problem,
    described.placement.map(({ replica, deployment, node, devices }) => ({
      deployment: deployment ?? deploymentOf.get(replica) ?? '',
      node,
      devices
    })),
    { newNodes: described.newNodes, headroom: described.headroom }
  )
  return {
    schemaVersion: 1,
    problem: identityOf(problem, context.fingerprint),
    termination: terminationOf(isProven ? gap : 1, context),
    primalStatus: 'feasible',
    producer: answer.producer,
    objective: { costPerHour, moveCost, migrations: ends.length, activeNodes: active.length, total },
    bound: {
      costPerHour: costBound,
      moveCost: isBest ? Math.min(context.moveBound, moveCost) : 0,
      total: totalBound
    },
    gap,
    initial: describeInitial(instance),
    placement: described.placement,
    assumedDevices: described.assumedDevices,
    headroom: described.headroom,
    unplaced: described.unplaced,
    violations,
    newNodes: [...described.newNodes, ...describeRented(instance, sequence)],
    releasedNodes: sequence.releasedNodes.map((index) => (instance.nodes[index] as InstanceNode).id),
    plan: { ...sequence.plan, id: planId(context.fingerprint, sequence.plan) },
    solve: {
      seconds: watch.elapsedMs() / 1000,
      seed: context.seed,
      ...describeWork(context.budget),
      ...describeLimits(context),
      solver: context.solver,
      ...describeFormulation(context, answer.producer),
      incumbents: incumbents.history.map(({ elapsedMs, worth, bound, producer, search }) => ({
        seconds: elapsedMs / 1000,
        costPerHour: worth.costPerHour,
        bound,
        producer,
        search
      })),
      searches: incumbents.searches
    },
    explanation: explain(incumbents, sequence, gap <= 1e-6, {
      ...answer,
      givenUp: [...(answer.givenUp ?? []), ...sequence.cut.moves],
      costGivenUp: Math.max(0, costPerHour - (answer.wishedCostPerHour ?? answer.worth.costPerHour)),
      notes: [...answer.notes, ...context.notes, ...explainUnrepaired(instance, violations, repairs)]
    })
  }
}

function describeRented({ nodes, problem }: Instance, { rentedNodes }: Sequence): NewNode[] {
  return rentedNodes.map((index) => {
    const { id, purchase } = nodes[index] as InstanceNode
    return { id, type: problem.nodeTypes[purchase]?.type ?? '', rented: true }
  })
}

/** The work that was done, and might have been, where that is what counts. */
export function describeWork({ countsWork, workLimit, work }: Budget): Pick<Result['solve'], 'workLimit' | 'work'> {
  return countsWork ? { workLimit, work } : {}
}

/** Limits that were given beside those of the Problem, where any were. */
export function describeLimits({
  limits: { maxMigrations, maxMoveCost } = {}
}: Pick<ResultContext, 'limits'>): Pick<Result['solve'], 'budget'> {
  if (maxMigrations === undefined && maxMoveCost === undefined) return {}
  return {
    budget: { ...(maxMigrations !== undefined && { maxMigrations }), ...(maxMoveCost !== undefined && { maxMoveCost }) }
  }
}

/** The program that was solved; of plans for a means of execution, which that is: no program makes them. */
export function describeFormulation(
  { executableOn }: Pick<ResultContext, 'executableOn'>,
  producer?: Producer
): Pick<Result['solve'], 'executableOn' | 'formulation'> {
  if (executableOn !== undefined) return { executableOn, formulation: 'none' }
  return producer === undefined ? {} : { formulation: FORMULATIONS[producer] }
}

/** Why a search ended that proved nothing more. */
export function limitOf({ interrupted, budget }: Pick<ResultContext, 'interrupted' | 'budget'>): Termination {
  if (interrupted) return 'interrupted'
  return budget.nearest === 'work' ? 'work-limit' : 'time-limit'
}

/** What the cluster is before anything moves. */
export function describeInitial(instance: Instance): Result['initial'] {
  const listed = instance.nodes.slice(0, instance.listedNodes)
  const active = listed.filter(({ copies, releasable }) => copies.length > 0 || !releasable)
  return { costPerHour: sumCosts(active), activeNodes: active.length, listedCostPerHour: sumCosts(listed) }
}

function sumCosts(nodes: readonly InstanceNode[]): number {
  return nodes.reduce((sum, { costPerHour }) => sum + costPerHour, 0)
}

function migrationsOf({ copies }: Instance, { target }: Sequence) {
  return copies.filter(({ index, node, state }) => {
    const place = target.copies[index] ?? null
    return state !== 'draining' && place !== null && place.node !== node
  })
}

function terminationOf(gap: number, context: ResultContext): Termination {
  if (gap <= 1e-6) return 'optimal'
  return gap <= context.relativeGap ? 'gap-limit' : limitOf(context)
}
