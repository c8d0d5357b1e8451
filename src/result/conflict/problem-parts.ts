import { describeValue, formatPath } from '../../../models/contract/describe-input.js'
import type { Problem } from '../../../models/contract/problem.js'
import type { Instance } from '../../../models/instance/instance.js'
import { counted, listed } from './words.js'

/** A part of a Problem that could be given up, what it asks for, and how the Problem looks without it. */
export interface ProblemPart {
  readonly path: string
  readonly message: string
  /** Gives the part up in a copy that the caller owns. Rules and headroom are emptied in place, so that indices stay. */
  readonly giveUp: (problem: Problem) => void
}

/** Everything in a Problem that narrows its answers, the likeliest culprits last: those are given up last, too. */
export function listParts(instance: Instance): ProblemPart[] {
  return [
    ...nodeParts(instance),
    ...deploymentParts(instance),
    ...replicaParts(instance),
    ...budgetParts(instance),
    ...ruleParts(instance)
  ]
}

/** The Problem without some of its parts. */
export function giveUpParts(problem: Problem, parts: Iterable<ProblemPart>): Problem {
  const copy = structuredClone(problem)
  for (const part of parts) part.giveUp(copy)
  const binds = (rule: Problem['rules'][number]) =>
    rule.kind === 'conflict' ? rule.between.every((side) => side.length > 0) : rule.deployments.length > 0
  return { ...copy, rules: copy.rules.filter(binds) }
}

function nodeParts({ problem }: Instance): ProblemPart[] {
  return problem.nodes.flatMap(({ id, acceptsReplicas, mustEmpty }, index) => {
    const parts: ProblemPart[] = []
    if (!acceptsReplicas)
      parts.push({
        path: formatPath(['nodes', index, 'acceptsReplicas']),
        message: `nothing may start on ${describeValue(id)}`,
        giveUp: ({ nodes }) => set(nodes[index], 'acceptsReplicas', true)
      })
    if (mustEmpty)
      parts.push({
        path: formatPath(['nodes', index, 'mustEmpty']),
        message: `${describeValue(id)} must host nothing`,
        giveUp: ({ nodes }) => set(nodes[index], 'mustEmpty', false)
      })
    return parts
  })
}

function deploymentParts({ problem, deployments, copies }: Instance): ProblemPart[] {
  return problem.deployments.flatMap(({ id, nodeSelector, maxReplicasPerNode, movable }, index) => {
    const parts: ProblemPart[] = []
    const { desired = 0, placed = 0 } = deployments[index] ?? {}
    const name = describeValue(id)
    if (desired > placed)
      parts.push({
        path: formatPath(['deployments', index, 'replicas']),
        message: `${counted(desired, 'replica')} of ${name} wanted, ${placed} run`,
        giveUp: (given) => set(given.deployments[index], 'replicas', placed)
      })
    if (Object.keys(nodeSelector).length > 0)
      parts.push({
        path: formatPath(['deployments', index, 'nodeSelector']),
        message: `${name} starts on nodes with ${listed(Object.keys(nodeSelector))} as it selects`,
        giveUp: (given) => set(given.deployments[index], 'nodeSelector', {})
      })
    if (maxReplicasPerNode !== undefined)
      parts.push({
        path: formatPath(['deployments', index, 'maxReplicasPerNode']),
        message: `at most ${maxReplicasPerNode} of ${name} on a node`,
        giveUp: (given) => set(given.deployments[index], 'maxReplicasPerNode', undefined)
      })
    if (!movable && copies.some(({ deployment }) => deployment === index))
      parts.push({
        path: formatPath(['deployments', index, 'movable']),
        message: `${name} is pinned`,
        giveUp: (given) => set(given.deployments[index], 'movable', true)
      })
    return parts
  })
}

function replicaParts({ problem }: Instance): ProblemPart[] {
  return problem.replicas.flatMap(({ id, node, movable, gang }, index) => {
    if (node === null) return []
    const parts: ProblemPart[] = []
    const where = `${describeValue(id)} stays on ${describeValue(node)}`
    if (movable === false)
      parts.push({
        path: formatPath(['replicas', index, 'movable']),
        message: `${where}: it is pinned`,
        giveUp: ({ replicas }) => set(replicas[index], 'movable', true)
      })
    if (gang !== undefined)
      parts.push({
        path: formatPath(['replicas', index, 'gang']),
        message: `${where}: it is one of a gang, which is not moved yet`,
        giveUp: ({ replicas }) => set(replicas[index], 'gang', undefined)
      })
    return parts
  })
}

function budgetParts({ budget }: Instance): ProblemPart[] {
  return (
    [
      ['maxMigrations', budget.migrations],
      ['maxMoveCost', budget.moveCost],
      ['maxMigrationsPerDeployment', budget.perDeployment]
    ] as const
  ).flatMap(([key, limit]) =>
    Number.isFinite(limit)
      ? [
          {
            path: formatPath(['budget', key]),
            message: `${limit} allowed`,
            giveUp: (given: Problem) => set(given.budget, key, undefined)
          }
        ]
      : []
  )
}

function ruleParts({ problem }: Instance): ProblemPart[] {
  const rules = problem.rules.map((rule, index): ProblemPart => {
    const members = rule.kind === 'conflict' ? rule.between.flat() : rule.deployments
    const emptied = (given: Problem['rules'][number]) =>
      given.kind === 'conflict'
        ? { ...given, between: [[], []] as [string[], string[]] }
        : { ...given, deployments: [] }
    return {
      path: formatPath(['rules', index]),
      message: `${rule.kind} of ${listed(members)}`,
      giveUp: (given) => {
        given.rules[index] = emptied(given.rules[index] as Problem['rules'][number])
      }
    }
  })
  const headroom = problem.headroom.flatMap(({ deployment, replicas }, index): ProblemPart[] =>
    replicas === 0
      ? []
      : [
          {
            path: formatPath(['headroom', index]),
            message: `room for ${replicas} more of ${describeValue(deployment)}`,
            giveUp: (given) => set(given.headroom[index], 'replicas', 0)
          }
        ]
  )
  return [...headroom, ...rules]
}

function set<Holder extends object, Key extends keyof Holder>(
  holder: Holder | undefined,
  key: Key,
  value: Holder[Key] | undefined
): void {
  if (holder === undefined) return
  if (value === undefined) delete holder[key]
  else holder[key] = value
}
