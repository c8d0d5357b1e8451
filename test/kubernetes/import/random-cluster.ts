import fc from 'fast-check'
import { type Json, makeDaemonPod, makeDeployment, makeNode } from './cluster-objects.js'
import type { PodTerm, SchedulerNode, SchedulerPod } from './scheduler.js'

/** A workload, where its pods are (null: waiting), and what each of them is to the scheduler. */
export interface DrawnWorkload {
  readonly name: string
  readonly pod: SchedulerPod
  readonly nodes: readonly (SchedulerNode | null)[]
}

export interface DrawnCluster {
  readonly nodes: readonly SchedulerNode[]
  readonly workloads: readonly DrawnWorkload[]
  readonly daemons: readonly { readonly pod: SchedulerPod; readonly nodes: readonly SchedulerNode[] }[]
  readonly namespaces: Readonly<Record<string, Readonly<Record<string, string>>>>
}

const NAMESPACES = {
  one: { 'kubernetes.io/metadata.name': 'one', team: 'a' },
  two: { 'kubernetes.io/metadata.name': 'two', team: 'b' }
}

const label = (...values: string[]) => fc.option(fc.constantFrom(...values), { nil: undefined, freq: 4 })

const taint = fc.record(
  {
    key: fc.constantFrom('gpu', 'spot'),
    value: fc.constantFrom('yes', ''),
    effect: fc.constantFrom('NoSchedule', 'NoExecute', 'PreferNoSchedule')
  },
  { requiredKeys: ['key', 'effect'] }
)

const toleration = fc.oneof(
  fc.constant({ operator: 'Exists' }),
  fc.record(
    {
      key: fc.constantFrom('gpu', 'spot'),
      operator: fc.constantFrom('Equal', 'Exists'),
      value: fc.constantFrom('yes', 'no'),
      effect: fc.constantFrom('NoSchedule', 'NoExecute')
    },
    { requiredKeys: ['key'] }
  )
)

const requirement = fc.oneof(
  fc.record({
    key: fc.constantFrom('zone', 'disk'),
    operator: fc.constantFrom('In', 'NotIn'),
    values: fc.subarray(['a', 'b', 'c'], { minLength: 1 })
  }),
  fc.record({ key: fc.constantFrom('zone', 'disk', 'cores'), operator: fc.constantFrom('Exists', 'DoesNotExist') }),
  fc.record({ key: fc.constant('cores'), operator: fc.constantFrom('Gt', 'Lt'), values: fc.constantFrom(['4'], ['8']) })
)

const nodeTerm = fc.record(
  {
    matchExpressions: fc.array(requirement, { maxLength: 2 }),
    matchFields: fc
      .constantFrom('node-0', 'node-1')
      .map((name) => [{ key: 'metadata.name', operator: 'In', values: [name] }])
  },
  { requiredKeys: ['matchExpressions'] }
)

const selector = fc.oneof(
  fc.constantFrom('web', 'db', 'agent').map((role) => ({ matchLabels: { role } })),
  fc.record({
    matchExpressions: fc.array(
      fc.record({
        key: fc.constant('role'),
        operator: fc.constantFrom('In', 'NotIn'),
        values: fc.subarray(['web', 'db', 'agent'], { minLength: 1 })
      }),
      { minLength: 1, maxLength: 1 }
    )
  })
)

const podTerm: fc.Arbitrary<PodTerm> = fc.record(
  {
    labelSelector: selector,
    topologyKey: fc.constantFrom('kubernetes.io/hostname', 'zone', 'node'),
    namespaces: fc.constantFrom(['two'], ['one', 'two']),
    namespaceSelector: fc.constantFrom({}, { matchLabels: { team: 'b' } })
  },
  { requiredKeys: ['labelSelector', 'topologyKey'] }
)

const few = <Value>(arbitrary: fc.Arbitrary<Value>, maxLength = 1) =>
  fc.oneof(
    { weight: 2, arbitrary: fc.constant([] as Value[]) },
    { weight: 1, arbitrary: fc.array(arbitrary, { maxLength }) }
  )

const pod = (withSeeking: boolean): fc.Arbitrary<SchedulerPod> =>
  fc.record({
    namespace: fc.constantFrom('one', 'two'),
    labels: fc.constantFrom('web', 'db', 'agent').map((role) => ({ role })),
    cpu: fc.constantFrom(0, 500, 3000),
    nodeSelector: fc.oneof(
      { weight: 3, arbitrary: fc.constant({}) },
      { weight: 1, arbitrary: fc.constantFrom({ zone: 'a' }, { disk: 'b' }) }
    ),
    nodeTerms: fc.option(fc.array(nodeTerm, { minLength: 1, maxLength: 2 }), { nil: null, freq: 2 }),
    tolerations: fc.array(toleration, { maxLength: 2 }),
    ports: few(fc.constantFrom(80, 443)),
    shuns: few(podTerm, 2),
    seeks: withSeeking ? few(podTerm, 2) : fc.constant([])
  })

/** Small clusters in which everything occurs that decides where pods may start. */
export function drawCluster(withSeeking: boolean): fc.Arbitrary<DrawnCluster> {
  const nodes = fc.array(
    fc.record({
      labels: fc.record({
        zone: label('a', 'b'),
        disk: label('a', 'b', 'c'),
        cores: label('4', '8', '16', 'many'),
        node: label('x', 'y')
      }),
      taints: few(taint, 2),
      unschedulable: fc.constantFrom(false, false, false, true),
      cpu: fc.constantFrom(2000, 4000)
    }),
    { minLength: 1, maxLength: 4 }
  )
  return nodes.chain((drawn) => {
    const made = drawn.map(({ labels, ...rest }, index): SchedulerNode => {
      const name = `node-${index}`
      const given = Object.entries({ 'kubernetes.io/hostname': name, ...labels }).filter(
        ([, value]) => value !== undefined
      )
      return { name, labels: Object.fromEntries(given) as Record<string, string>, ...rest }
    })
    const place = fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...made) },
      { weight: 1, arbitrary: fc.constant(null) }
    )
    return fc.record({
      nodes: fc.constant(made),
      workloads: fc
        .array(fc.record({ pod: pod(withSeeking), nodes: fc.array(place, { minLength: 1, maxLength: 3 }) }), {
          minLength: 1,
          maxLength: 3
        })
        .map((workloads) => workloads.map((workload, index) => ({ name: `w${index}`, ...workload }))),
      daemons: few(fc.record({ pod: pod(false), nodes: fc.subarray(made, { minLength: 1 }) })),
      namespaces: fc.constant(NAMESPACES)
    })
  })
}

/** The objects of a cluster as the API server has them. */
export function toObjects({ nodes, workloads, daemons, namespaces }: DrawnCluster): Json[] {
  return [
    ...nodes.map(({ name, labels, taints, unschedulable, cpu }) =>
      makeNode(name, {
        labels,
        spec: { taints, unschedulable },
        status: { allocatable: { cpu: `${cpu}m`, memory: '8Gi' } }
      })
    ),
    ...Object.entries(namespaces).map(([name, labels]) => ({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name, labels }
    })),
    ...workloads.flatMap(({ name, pod: each, nodes: places }) =>
      makeDeployment(
        name,
        places.map((node) => node?.name ?? null),
        { namespace: each.namespace, labels: each.labels, spec: toSpec(each) }
      )
    ),
    ...daemons.flatMap(({ pod: each, nodes: places }, index) =>
      places.map((node) =>
        makeDaemonPod(`daemon${index}`, node.name, {
          namespace: each.namespace,
          labels: each.labels,
          spec: toSpec(each)
        })
      )
    )
  ]
}

function toSpec({ cpu, nodeSelector, nodeTerms, tolerations, ports, shuns, seeks }: SchedulerPod): Json {
  const required = 'requiredDuringSchedulingIgnoredDuringExecution'
  return {
    containers: [
      {
        name: 'main',
        resources: { requests: { cpu: `${cpu}m` } },
        ports: ports.map((port) => ({ containerPort: 1, hostPort: port, protocol: 'TCP' }))
      }
    ],
    nodeSelector,
    tolerations,
    affinity: {
      ...(nodeTerms === null ? {} : { nodeAffinity: { [required]: { nodeSelectorTerms: nodeTerms } } }),
      podAffinity: { [required]: seeks },
      podAntiAffinity: { [required]: shuns }
    }
  }
}
