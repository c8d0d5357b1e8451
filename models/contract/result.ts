import * as z from 'zod'
import { certificate } from './certificate.js'
import { decisions } from './decisions.js'
import {
  assignment,
  assumedDevices,
  headroomAssignment,
  newNode,
  placement,
  producer,
  unplacedReplica
} from './placement.js'
import { plan } from './plan.js'
import { budget } from './problem.js'
import { count, identifier, total } from './quantities.js'
import { schemaVersion } from './schema-version.js'

/** Why the search stopped. */
export const termination = z.enum([
  'optimal',
  'gap-limit',
  'time-limit',
  'work-limit',
  'interrupted',
  'infeasible',
  'failed'
])
export type Termination = z.infer<typeof termination>

/** A limit that does not hold, by how much, and where. */
export const violation = z.strictObject({
  code: identifier.describe(
    'What is broken: `capacity`, `devices`, `max-replicas-per-node`, `anti-affinity`, `must-empty`, …'
  ),
  where: z.string().describe('The node, domain, deployment, replica or step concerned.'),
  amount: total.describe('By how much, in the unit of the limit; at least 0.'),
  message: z.string().describe('The same in words.')
})
export type Violation = z.infer<typeof violation>

/** Why a node that hosts something in the end was not released. */
export const nodeReason = z.strictObject({
  node: identifier.describe('Id of the node.'),
  code: z
    .enum([
      'not-releasable',
      'hosts-pinned',
      'hosts-gang',
      'hosts-in-flight',
      'headroom',
      'budget-exhausted',
      'migration-blocked',
      'saves-nothing',
      'gate',
      'no-room-elsewhere',
      'not-executable',
      'not-proven'
    ])
    .describe('Why it stays.'),
  replicas: z
    .array(identifier)
    .optional()
    .describe('Ids of the replicas in the way: those that cannot be elsewhere, where that is known.'),
  limits: z
    .array(z.string())
    .optional()
    .describe(
      'What is in the way, most in the way first: a resource such as `gpu`, a path such as `rules[2]` or `budget.maxMigrations`.'
    )
})
export type NodeReason = z.infer<typeof nodeReason>

/** What a migration is for. */
export const moveReason = z.strictObject({
  replica: identifier.describe('Id of the replica that moves.'),
  code: z
    .enum(['empty-node', 'must-empty', 'repair', 'make-room', 'headroom', 'keep-rule', 'gang', 'none-found'])
    .describe(
      'empty-node: the node it leaves is empty in the end. must-empty: the Problem asks for that. repair: where it was, a limit or rule is broken. make-room: others come to the node it leaves, and beside them it does not fit. headroom: so does room that is kept free there. keep-rule: a final rule needs it elsewhere. gang: its gang moves. none-found: taken back alone, everything would still hold.'
    ),
  node: identifier.optional().describe('Id of the node that it leaves, where the reason is there.'),
  replicas: z
    .array(identifier)
    .optional()
    .describe('Ids of the replicas that need it: those that come to the node, or its gang.'),
  rule: z.string().optional().describe('Path of the rule that needs it elsewhere, such as `rules[2]`.')
})
export type MoveReason = z.infer<typeof moveReason>

/** A replica that was held where it is although it runs somewhere a move could have paid. */
export const heldReplica = z.strictObject({
  replica: identifier.describe('Id of the replica.'),
  code: z.enum(['gang', 'starting', 'migration-blocked']).describe('Why it was held.')
})
export type HeldReplica = z.infer<typeof heldReplica>

/** A move that the best placement asks for and that is not made. */
export const givenUpMove = z.strictObject({
  replica: identifier.describe('Id of the replica.'),
  reason: z
    .enum(['blocked', 'all-or-nothing', 'gang', 'final-rule', 'deadline', 'pointless'])
    .describe(
      'blocked: no safe order was found. all-or-nothing: others are blocked, and none may be cut. gang, final-rule: others that stay need it to stay. deadline: it would end too late. pointless: it serves nothing any more.'
    ),
  limits: z.array(z.string()).describe('The limits in its way, in words.')
})
export type GivenUpMove = z.infer<typeof givenUpMove>

/** What the best placement found would have saved beyond what a safe way was found to. */
export const givenUp = z.strictObject({
  costPerHour: total.describe('Money per hour that it would have saved beyond the one that is reached.'),
  moves: z.array(givenUpMove).describe('The moves to it that are not made, and why.')
})

/** Parts of the Problem that cannot hold together. */
export const conflictPart = z.strictObject({
  path: z.string().describe('Path inside the Problem, such as `rules[2]` or `deployments[0].demand.gpu`.'),
  message: z.string().describe('What it asks for, and what there is.')
})
export type ConflictPart = z.infer<typeof conflictPart>

export const explanation = z.looseObject({
  nodes: z.array(nodeReason).optional().describe('For each node that stays, why it was not released.'),
  moves: z.array(moveReason).optional().describe('For each migration, what it is for.'),
  held: z.array(heldReplica).optional().describe('Replicas that were not moved although it could have paid.'),
  givenUp: givenUp.optional().describe('What was given up for a safe way, where anything was.'),
  conflict: z.array(conflictPart).optional().describe('What cannot hold together, where nothing was found.'),
  decisions: decisions.optional().describe('What was decided on single moves, where the plan was revised: it obeys.'),
  notes: z.array(z.string()).optional().describe('Remarks for people.')
})
export type Explanation = z.infer<typeof explanation>

/** A placement better than all before, when it was found and what was proven then. */
export const incumbent = z.looseObject({
  seconds: total.describe('When it was found, in seconds from the beginning.'),
  costPerHour: total.describe('Money per hour for its active nodes.'),
  bound: total.describe('Lower bound on the cost per hour proven by then.'),
  search: identifier.optional().describe('The search that found it, as in `searches`.')
})
export type Incumbent = z.infer<typeof incumbent>

/** One of the searches that ran, and what it gave. */
export const searchEntry = z.looseObject({
  name: identifier.describe(
    'Which: `start`, `greedy`, `covering-bound`, `requirements`, `bound-by-type`, `column-generation`, `compact-model`, `neighbourhoods`, `moves`, …'
  ),
  seconds: total.describe(
    'How long it ran, in seconds; where several of its kind ran at a time, all of them together.'
  ),
  incumbents: count.describe('How many placements it found that were better than all before.'),
  bestCostPerHour: total.optional().describe('Money per hour of the best of them.'),
  bound: total
    .optional()
    .describe('The best lower bound on the primary objective that it proved; none where a placement refuted it.')
})
export type SearchEntry = z.infer<typeof searchEntry>

export const objectiveValue = z.strictObject({
  costPerHour: total.describe('Money per hour for the active nodes.'),
  moveCost: total.describe('Sum of the move costs of all migrations.'),
  migrations: count.describe(
    'Replicas that run already and are elsewhere in the end. Detours of the plan start replicas beyond that: see plan.rungs.'
  ),
  activeNodes: count.describe('Nodes that host something or are not releasable.'),
  total: total.describe('The primary objective: the cost, or cost × horizon + move cost × price.')
})
export type ObjectiveValue = z.infer<typeof objectiveValue>

/** The answer to a Problem. Numbers are not rounded. */
export const result = z.strictObject({
  schemaVersion,
  problem: z
    .strictObject({
      name: z.string().optional().describe('Its name.'),
      fingerprint: z.string().describe('sha256: and the hash of its canonical JSON (RFC 8785) after defaults.')
    })
    .describe('The Problem that is answered.'),
  termination: termination.describe('Why the search stopped; optimal: with a gap of at most 1e-6.'),
  primalStatus: z.enum(['feasible', 'none']).describe('Whether there is a placement.'),
  producer: producer.optional().describe('Who made the placement.'),
  objective: objectiveValue.optional().describe('What the placement is worth.'),
  bound: z
    .strictObject({
      costPerHour: total.describe('No placement costs less per hour.'),
      moveCost: total.optional().describe('No placement of the reported cost has a smaller move cost.'),
      total: total.describe('No placement has a smaller primary objective.')
    })
    .optional()
    .describe('Proven lower bounds.'),
  gap: total.optional().describe('(objective.total − bound.total) / objective.total; 0 when both are 0.'),
  initial: z
    .strictObject({
      costPerHour: total.describe('Money per hour for its active nodes.'),
      activeNodes: count.describe('Nodes that host something or are not releasable.'),
      listedCostPerHour: total.describe('Money per hour for all its nodes, idle ones included.')
    })
    .describe('The cluster as it is.'),
  placement: z.array(assignment).describe('Where every replica is in the end.'),
  assumedDevices: z
    .array(assumedDevices)
    .describe('Devices of running replicas for which the Problem names none, held through the whole plan.'),
  headroom: z.array(headroomAssignment).describe('Where headroom is kept free.'),
  unplaced: z.array(unplacedReplica).describe('Replicas without a place.'),
  violations: z.array(violation).describe('Limits and rules that stay broken.'),
  newNodes: z.array(newNode).describe('Nodes that are bought, rented ones included.'),
  releasedNodes: z.array(identifier).describe('Ids of the nodes of the Problem that the plan releases.'),
  plan: plan.describe('The ordered, safe migration to the placement.'),
  solve: z
    .looseObject({
      seconds: total.describe('How long it took, in seconds.'),
      seed: z.number().optional().describe('Seed of every random choice.'),
      workLimit: total.optional().describe('Units of work that the search might do, where a limit was given.'),
      work: total
        .optional()
        .describe(
          'Units of work that it did, the same on every machine: beyond the limit by what could not be stopped.'
        ),
      budget: budget
        .pick({ maxMigrations: true, maxMoveCost: true })
        .optional()
        .describe("Limits that were given beside the Problem's own; the smaller counts."),
      solver: z
        .string()
        .optional()
        .describe('The solvers that answered, or greedy; none: only the migration was planned.'),
      executableOn: z
        .enum(['ray'])
        .optional()
        .describe(
          'What the plan is restricted to, where that was asked for. ray: what stock Ray Serve can execute, whole nodes drained one after the other; the bound is about such plans.'
        ),
      formulation: z.string().optional().describe('The program that was solved.'),
      incumbents: z.array(incumbent).default([]).describe('Ever better placements, as they were found.'),
      searches: z.array(searchEntry).optional().describe('What searched, in the order in which it began.'),
      profile: z
        .record(identifier, z.union([total, z.record(identifier, total)]))
        .optional()
        .describe(
          'Milliseconds spent in parts of the work, by search where several had a share; where that was asked for.'
        )
    })
    .describe('How the answer came about.'),
  certificate: certificate
    .optional()
    .describe('What proves the bound on the primary objective, where that was asked for.'),
  explanation: explanation.describe('Why the answer is as it is.')
})
export type Result = z.infer<typeof result>

/** The part of a Result that says where everything is in the end; a placement alone is one. Other keys are passed over. */
export const endState = z.object({
  ...placement.omit({ schemaVersion: true }).shape,
  unplaced: result.shape.unplaced.exactOptional(),
  releasedNodes: result.shape.releasedNodes.exactOptional(),
  plan: plan.exactOptional()
})
export type EndState = z.infer<typeof endState>
export type EndStateInput = z.input<typeof endState>
