import { type ProblemInput, parseProblem, verifyPlacement } from 'replica-compactor'
import { policies } from '../../../benchmarks/policies/policies.mjs'
import { compileInstance } from '../../../dist/models/instance/compile.js'
import { describeTarget } from '../../../dist/models/instance/describe-target.js'
import { nameReplicas } from '../../../dist/src/search/name-replicas.js'
import { PackingState } from '../../../dist/src/search/packing-state.js'

export type Node = ProblemInput['nodes'][number]
export type Deployment = ProblemInput['deployments'][number]

/** Limits that bind nobody. */
export const unlimited = { maxMoves: Number.POSITIVE_INFINITY, isLate: () => false }

export function policyNamed(name: string) {
  const policy = policies.find((each) => each.name === name)
  if (policy === undefined) throw new Error(`there is no policy ${name}`)
  return policy
}

export function compile(problem: ProblemInput) {
  return compileInstance(parseProblem(problem))
}

export function openState(problem: ProblemInput): PackingState {
  return new PackingState(compile(problem))
}

/** Follows a policy to its end. */
export function follow(name: string, problem: ProblemInput, maxMoves = unlimited.maxMoves) {
  const state = openState(problem)
  const account = policyNamed(name).run(state, { ...unlimited, maxMoves })
  return { ...account, cost: state.cost, contents: contentsOf(state) }
}

/** The deployments on each node that hosts some, sorted, headroom apart. */
export function contentsOf(state: PackingState): Record<string, string[]> {
  const { nodes, deployments, copies } = state.instance
  const entries = nodes.map(({ index, id }): [string, string[]] => {
    const staying = copies.filter((copy) => copy.node === index && state.stays[copy.index] === 1)
    const here = [...staying, ...(state.arrivals[index] ?? [])]
    return [id, here.map(({ deployment }) => deployments[deployment]?.id ?? '').sort()]
  })
  return Object.fromEntries(entries.filter(([, here]) => here.length > 0))
}

/** What the independent checker finds wrong with a state. */
export function violationsOf(state: PackingState) {
  return verifyPlacement(state.instance.problem, {
    schemaVersion: 1,
    ...describeTarget(state.instance, nameReplicas(state))
  })
}

/**
 * A cluster written down by what runs where: on each node, one replica of a deployment of so many cores for each number. All nodes
 * are of ten cores and cost 1 unless told otherwise.
 */
export function coresOn(
  nodes: Record<string, readonly number[]>,
  traits: Record<string, Partial<Node>> = {}
): ProblemInput {
  const sizes = [...new Set(Object.values(nodes).flat())]
  return {
    schemaVersion: 1,
    nodes: Object.keys(nodes).map((id) => ({ id, capacity: { cpu: 10 }, costPerHour: 1, ...traits[id] })),
    deployments: sizes.map((cpu) => ({ id: `${cpu}`, demand: { cpu } })),
    replicas: Object.entries(nodes).flatMap(([node, cores]) =>
      cores.map((cpu, number) => ({ id: `${node}-${number}`, deployment: `${cpu}`, node }))
    )
  }
}
