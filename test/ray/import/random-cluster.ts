import fc from 'fast-check'
import type { RayOverridesInput } from '../../../src/adapters/ray/import/overrides/overrides.js'
import { type ApplicationSpec, type DeploymentSpec, type NodeSpec, nodeIdOf } from '../payloads.js'

type Amounts = Readonly<Record<string, number>>

/** A deployment as it was drawn, before any of it became a payload. */
export interface DrawnDeployment {
  readonly app: string
  readonly name: string
  /** What its actor holds. */
  readonly actor: Amounts
  /** Bundles of a STRICT_PACK group; null: it has none. */
  readonly bundles: readonly Amounts[] | null
  /** Who tells of the group: the config file, the overrides, or the default that there is none. */
  readonly told: 'config' | 'override' | 'default'
  readonly maxReplicasPerNode: number | null
  /** Indices of nodes, one for each replica; null: it waits. */
  readonly hosts: readonly (number | null)[]
  readonly states: readonly string[]
  readonly target: number
  readonly moveCost: number
}

export interface DrawnCluster {
  readonly nodes: readonly NodeSpec[]
  readonly deployments: readonly DrawnDeployment[]
  readonly applications: readonly ApplicationSpec[]
  readonly overrides: RayOverridesInput
}

const SHARES = [0, 0.1, 0.25, 0.5, 1, 2] as const
const STATES = ['RUNNING', 'RUNNING', 'RUNNING', 'STARTING', 'UPDATING', 'STOPPING', 'PENDING_MIGRATION'] as const

const actor = fc.record({
  CPU: fc.integer({ min: 0, max: 4 }),
  GPU: fc.constantFrom(...SHARES),
  memory: fc.nat(2 ** 33)
})
const wholeBundle = fc.record({ CPU: fc.integer({ min: 0, max: 3 }), GPU: fc.constantFrom(0, 1, 2) })

function drawDeployment(number: number, nodeCount: number): fc.Arbitrary<DrawnDeployment> {
  return fc
    .record({
      app: fc.constantFrom('chat', 'embed', 'a b', 'constructor'),
      actor,
      bundles: fc.option(fc.array(wholeBundle, { minLength: 1, maxLength: 4 })),
      told: fc.constantFrom('config', 'override', 'default'),
      limit: fc.option(fc.integer({ min: 1, max: 9 })),
      replicas: fc.array(fc.tuple(fc.option(fc.nat(nodeCount - 1), { freq: 6 }), fc.constantFrom(...STATES)), {
        minLength: 1,
        maxLength: 6
      }),
      target: fc.nat(8),
      moveCost: fc.nat(5)
    })
    .map(({ told, bundles, limit, replicas, ...rest }) => ({
      ...rest,
      name: `d${number}`,
      told: told === 'default' && bundles !== null ? 'override' : told,
      bundles,
      maxReplicasPerNode: bundles === null ? limit : null,
      hosts: replicas.map(([host]) => host),
      // What is on no node is starting.
      states: replicas.map(([host, state]) => (host === null ? 'STARTING' : state))
    })) as fc.Arbitrary<DrawnDeployment>
}

/** Clusters whose nodes have room for whatever is drawn. */
export const drawnCluster: fc.Arbitrary<DrawnCluster> = fc.integer({ min: 1, max: 5 }).chain((nodeCount) =>
  fc
    .record({
      head: fc.nat(nodeCount - 1),
      groups: fc.array(fc.constantFrom('g1', 'g2', 'toString'), { minLength: nodeCount, maxLength: nodeCount }),
      deployments: fc
        .integer({ min: 1, max: 5 })
        .chain((count) => fc.tuple(...Array.from({ length: count }, (_, number) => drawDeployment(number, nodeCount))))
    })
    .map(({ head, groups, deployments }) => {
      const nodes = groups.map((group, index) => ({
        nodeId: nodeIdOf(index + 1),
        ip: `10.0.0.${index + 1}`,
        isHead: index === head,
        resources: { CPU: 1000, GPU: 400, memory: 2 ** 40 },
        labels: { 'ray.io/node-group': group }
      }))
      return {
        nodes,
        deployments,
        applications: toApplications(deployments, nodes),
        overrides: toOverrides(deployments)
      }
    })
)

function toApplications(deployments: readonly DrawnDeployment[], nodes: readonly NodeSpec[]): ApplicationSpec[] {
  return [...new Set(deployments.map(({ app }) => app))].map((name) => ({
    name,
    deployments: deployments.filter(({ app }) => app === name).map((each) => toDeployment(each, nodes))
  }))
}

function toDeployment(drawn: DrawnDeployment, nodes: readonly NodeSpec[]): DeploymentSpec {
  const { name, actor: required, hosts, states, target, told, bundles, maxReplicasPerNode } = drawn
  const group = bundles === null ? null : { placement_group_bundles: bundles, placement_group_strategy: 'STRICT_PACK' }
  const config = {
    ...(told === 'config' ? (group ?? { placement_group_bundles: null }) : {}),
    ...(told !== 'override' && maxReplicasPerNode !== null ? { max_replicas_per_node: maxReplicasPerNode } : {})
  }
  return {
    name,
    required,
    target,
    config,
    replicas: hosts.map((host, index) => ({
      id: `r${index}`,
      node: host === null ? null : (nodes[host] as NodeSpec),
      state: states[index] as string
    }))
  }
}

function toOverrides(deployments: readonly DrawnDeployment[]): RayOverridesInput {
  return {
    defaults: { placementGroup: 'none', startupSeconds: 5 },
    nodeGroups: { g1: { costPerHour: 1 }, g2: { costPerHour: 2 }, toString: { costPerHour: 3 } },
    deployments: Object.fromEntries(
      deployments.map(({ app, name, told, bundles, maxReplicasPerNode, moveCost }) => [
        `${app}/${name}`,
        {
          moveCost,
          ...(told === 'override'
            ? {
                placementGroup: bundles === null ? 'none' : { bundles: [...bundles], strategy: 'STRICT_PACK' },
                ...(maxReplicasPerNode === null ? {} : { maxReplicasPerNode })
              }
            : {})
        }
      ])
    ) as NonNullable<RayOverridesInput['deployments']>
  }
}
