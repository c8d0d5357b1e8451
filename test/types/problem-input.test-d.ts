/** What a caller may write, and what the compiler refuses before the validation would. */
import { type Problem, type ProblemInput, parseProblem } from 'replica-compactor'
import { holds, type Same } from './same.js'

/** The keys that must be there. */
type Required<Shape> = { [Key in keyof Shape]-?: object extends Pick<Shape, Key> ? never : Key }[keyof Shape]
type NodeInput = ProblemInput['nodes'][number]
type DeploymentInput = ProblemInput['deployments'][number]
type ReplicaInput = ProblemInput['replicas'][number]
type NodeTypeInput = NonNullable<ProblemInput['nodeTypes']>[number]
type RuleInput = NonNullable<ProblemInput['rules']>[number]
type RuleInputOf<Kind extends RuleInput['kind']> = Extract<RuleInput, { kind: Kind }>

holds<Same<keyof ProblemInput, keyof Problem>>()
holds<Same<Required<ProblemInput>, 'schemaVersion' | 'nodes' | 'deployments' | 'replicas'>>()
holds<Same<Required<NodeInput>, 'id' | 'capacity' | 'costPerHour'>>()
holds<Same<Required<NodeTypeInput>, 'type' | 'capacity' | 'costPerHour' | 'maxNew'>>()
holds<Same<Required<DeploymentInput>, 'id' | 'demand'>>()
holds<Same<Required<ReplicaInput>, 'id' | 'deployment' | 'node'>>()
holds<Same<Required<RuleInputOf<'anti-affinity'>>, 'kind' | 'deployments'>>()
holds<Same<Required<RuleInputOf<'conflict'>>, 'kind' | 'between'>>()
holds<Same<Required<RuleInputOf<'affinity'>>, 'kind' | 'deployments'>>()
holds<Same<Required<RuleInputOf<'spread'>>, 'kind' | 'deployments'>>()
holds<Same<Required<RuleInputOf<'at-least'>>, 'kind' | 'deployments' | 'count' | 'nodeSelector'>>()
holds<Same<Required<NonNullable<ProblemInput['headroom']>[number]>, 'deployment' | 'replicas'>>()
holds<Same<Required<NonNullable<ProblemInput['budget']>>, never>>()
holds<Same<Required<NonNullable<ProblemInput['objective']>>, never>>()
holds<Same<Required<NonNullable<ProblemInput['gate']>>, never>>()
holds<Same<Required<NonNullable<ProblemInput['migration']>>, never>>()
type Exclusion = { notIn?: string[] | undefined; exists?: boolean | undefined }
holds<Same<DeploymentInput['nodeSelector'], Record<string, string | string[] | Exclusion> | undefined>>()

export const least: ProblemInput = { schemaVersion: 1, nodes: [], deployments: [], replicas: [] }
/** A Problem that was read can be handed in again. */
export const again: ProblemInput = parseProblem(least) satisfies Problem

const node = { id: 'a', capacity: { cpu: 1 }, costPerHour: 1 }
export const refused: readonly ProblemInput[] = [
  // @ts-expect-error There is one version.
  { ...least, schemaVersion: 2 },
  // @ts-expect-error A typo would relax a constraint.
  { ...least, budgets: {} },
  // @ts-expect-error The cost must be said.
  { ...least, nodes: [{ id: 'a', capacity: {} }] },
  // @ts-expect-error Amounts are numbers.
  { ...least, nodes: [{ ...node, capacity: { cpu: '1' } }] },
  // @ts-expect-error Labels are texts.
  { ...least, nodes: [{ ...node, labels: { spot: true } }] },
  // @ts-expect-error A pending replica says so.
  { ...least, replicas: [{ id: 'a-0', deployment: 'a' }] },
  // @ts-expect-error There is no such state.
  { ...least, replicas: [{ id: 'a-0', deployment: 'a', node: null, state: 'pending' }] },
  // @ts-expect-error There is no such kind of rule.
  { ...least, rules: [{ kind: 'colocate', deployments: ['a'] }] },
  // @ts-expect-error A conflict has two sides.
  { ...least, rules: [{ kind: 'conflict', between: [['a']] }] },
  // @ts-expect-error A key of another rule.
  { ...least, rules: [{ kind: 'affinity', deployments: ['a'], max: 1 }] },
  // @ts-expect-error There is no such rung.
  { ...least, migration: { rungs: ['swap'] } },
  // @ts-expect-error There is no such level.
  { ...least, migration: { level: 'safe' } },
  // @ts-expect-error Nothing else can be done about what is pending.
  { ...least, pending: 'optional' }
]
