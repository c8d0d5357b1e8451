/** One cluster several times over: as many nodes as wished with the mix of a real one. */

/** @import { ProblemInput } from 'replica-compactor' */

/**
 * A Problem `times` times over. Ids get a prefix for each copy (`1/`, `2/`, …), so that the
 * copies share nothing but the resources and, multiplied, the budget. Rules and headroom are repeated with their copy.
 *
 * @type {(problem: ProblemInput, times: number) => ProblemInput}
 */
export function repeatProblem(problem, times) {
  const copies = Array.from({ length: times }, (_, index) => copyProblem(problem, `${index + 1}/`))
  const { nodes: _nodes, deployments: _deployments, replicas: _replicas, budget, ...rest } = problem
  const { rules: _rules, headroom: _headroom, nodeTypes: _nodeTypes, ...shared } = rest
  return {
    ...shared,
    name: `${problem.name ?? 'problem'} x ${times}`,
    source: [`${times} times over with prefixed ids (benchmarks/families/repeat.mjs)`, problem.source]
      .filter(Boolean)
      .join(': '),
    nodes: copies.flatMap(({ nodes }) => nodes),
    nodeTypes: copies.flatMap(({ nodeTypes = [] }) => nodeTypes),
    deployments: copies.flatMap(({ deployments }) => deployments),
    replicas: copies.flatMap(({ replicas }) => replicas),
    rules: copies.flatMap(({ rules = [] }) => rules),
    headroom: copies.flatMap(({ headroom = [] }) => headroom),
    ...(budget === undefined ? {} : { budget: multiplyBudget(budget, times) })
  }
}

/** @type {(problem: ProblemInput, prefix: string) => Pick<ProblemInput, 'nodes' | 'nodeTypes' | 'deployments' | 'replicas' | 'rules' | 'headroom'>} */
function copyProblem({ nodes, nodeTypes = [], deployments, replicas, rules = [], headroom = [] }, prefix) {
  const own = (/** @type {string} */ id) => prefix + id
  return {
    nodes: nodes.map((node) => ({ ...node, id: own(node.id) })),
    nodeTypes: nodeTypes.map((type) => ({ ...type, type: own(type.type) })),
    deployments: deployments.map((deployment) => ({ ...deployment, id: own(deployment.id) })),
    replicas: replicas.map((replica) => ({
      ...replica,
      id: own(replica.id),
      deployment: own(replica.deployment),
      node: replica.node === null ? null : own(replica.node),
      ...(replica.replaces === undefined ? {} : { replaces: own(replica.replaces) }),
      ...(replica.gang === undefined ? {} : { gang: own(replica.gang) })
    })),
    rules: rules.map((rule) =>
      rule.kind === 'conflict'
        ? { ...rule, between: [rule.between[0].map(own), rule.between[1].map(own)] }
        : { ...rule, deployments: rule.deployments.map(own) }
    ),
    headroom: headroom.map((entry) => ({ ...entry, deployment: own(entry.deployment) }))
  }
}

/** @type {(budget: NonNullable<ProblemInput['budget']>, times: number) => NonNullable<ProblemInput['budget']>} */
function multiplyBudget({ maxMigrationsPerDeployment, ...sums }, times) {
  return {
    ...Object.fromEntries(Object.entries(sums).map(([key, limit]) => [key, (limit ?? 0) * times])),
    ...(maxMigrationsPerDeployment === undefined ? {} : { maxMigrationsPerDeployment })
  }
}
