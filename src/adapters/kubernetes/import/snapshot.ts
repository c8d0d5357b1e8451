import * as z from 'zod'
import { toInputIssues } from '../../../../models/contract/input-issues.js'
import { type DisruptionBudget, disruptionBudget } from '../objects/disruption-budget.js'
import { type HorizontalAutoscaler, horizontalAutoscaler } from '../objects/horizontal-autoscaler.js'
import { metadata } from '../objects/metadata.js'
import { type Node, node } from '../objects/node.js'
import { type Pod, pod } from '../objects/pod.js'
import { WORKLOAD_KINDS, type Workload, type WorkloadKind, workload } from '../objects/workload.js'
import { type FoundObject, type FoundObjects, KUBECTL_COMMAND } from './documents.js'
import { type Faults, joinPlace, type Place } from './faults.js'

/** An object, and where it was found. */
export interface Placed<Value> {
  readonly value: Value
  readonly place: Place
  readonly apiVersion: string
}

/** The objects of a cluster that planning looks at, as read. */
export interface Snapshot {
  readonly nodes: readonly Placed<Node>[]
  readonly pods: readonly Placed<Pod>[]
  readonly workloads: ReadonlyMap<WorkloadKind, readonly Placed<Workload>[]>
  readonly budgets: readonly Placed<DisruptionBudget>[]
  readonly autoscalers: readonly Placed<HorizontalAutoscaler>[]
  /** Whether autoscalers were asked for: that there are none is only known where an empty list says so. */
  readonly showsAutoscalers: boolean
  /** Labels by namespace, of those that were read. */
  readonly namespaces: ReadonlyMap<string, Readonly<Record<string, string>>>
  /** How many objects of each kind there were, each counted once, those that are not needed among them. */
  readonly read: ReadonlyMap<string, number>
  /** How many objects of each kind were there again, and said the same. */
  readonly repeated: ReadonlyMap<string, number>
  /** Kinds that were left alone. */
  readonly unneeded: readonly string[]
}

const AUTOSCALER = 'HorizontalPodAutoscaler'

/** API groups of the kinds that are looked at: a Node of another group is another thing. */
const GROUPS = new Map<string, readonly string[]>([
  ['Node', ['']],
  ['Pod', ['']],
  ['Namespace', ['']],
  ['ReplicationController', ['']],
  ['Deployment', ['apps', 'extensions']],
  ['ReplicaSet', ['apps', 'extensions']],
  ['StatefulSet', ['apps']],
  ['DaemonSet', ['apps', 'extensions']],
  ['Job', ['batch']],
  ['PodDisruptionBudget', ['policy']],
  [AUTOSCALER, ['autoscaling']]
])

/** Sorts objects by kind and reads of them what is needed. Notes everything that is not as Kubernetes writes it. */
export function readSnapshot({ objects, listed }: FoundObjects, faults: Faults): Snapshot {
  const reader = new ObjectReader(faults)
  const read = new Map<string, number>()
  const nodes: Placed<Node>[] = []
  const pods: Placed<Pod>[] = []
  const workloads = new Map<WorkloadKind, Placed<Workload>[]>(WORKLOAD_KINDS.map((kind) => [kind, []]))
  const budgets: Placed<DisruptionBudget>[] = []
  const autoscalers: Placed<HorizontalAutoscaler>[] = []
  const namespaces = new Map<string, Readonly<Record<string, string>>>()
  const unneeded = new Set<string>()
  for (const object of objects) {
    const kind = nameKind(object)
    const isNew = reader.count(read, kind)
    if (kind === 'Node') reader.read(object, node, nodes)
    else if (kind === 'Pod') reader.read(object, pod, pods)
    else if (kind === 'PodDisruptionBudget') reader.read(object, disruptionBudget, budgets)
    else if (kind === AUTOSCALER) reader.read(object, horizontalAutoscaler, autoscalers)
    else if (kind === 'Namespace') {
      const found: Placed<{ readonly metadata: z.infer<typeof metadata> }>[] = []
      reader.read(object, namespace, found)
      for (const { value } of found) namespaces.set(value.metadata.name, value.metadata.labels ?? {})
    } else if (isWorkloadKind(kind)) reader.read(object, workload, workloads.get(kind) as Placed<Workload>[])
    else {
      if (isNew) unneeded.add(kind)
      reader.passOver(object, kind)
    }
  }
  // What is no object was said already.
  if (nodes.length === 0 && !read.has('Node') && (read.size > 0 || !faults.hasAny)) reportNoNodes(objects, read, faults)
  const showsAutoscalers = read.has(AUTOSCALER) || listed.some((each) => nameKind(each) === AUTOSCALER)
  return {
    nodes,
    pods,
    workloads,
    budgets,
    autoscalers,
    showsAutoscalers,
    namespaces,
    read: new Map([...read].map(([kind, count]) => [kind, count - (reader.repeated.get(kind) ?? 0)])),
    repeated: reader.repeated,
    unneeded: [...unneeded]
  }
}

function reportNoNodes(objects: readonly FoundObject[], read: ReadonlyMap<string, number>, faults: Faults): void {
  const [first] = objects
  const found =
    read.size === 0 ? 'no object' : `no Node, only ${[...read].map(([kind, count]) => `${count} ${kind}`).join(', ')}`
  const place = { document: first?.place.document ?? 'input', path: '' }
  faults.report(place, [], found, 'the nodes and pods of a cluster', `${KUBECTL_COMMAND} prints them`)
}

/** The kind as it is counted: with its group where that is not the one of the kind that is looked at. */
function nameKind({ kind, apiVersion }: Pick<FoundObject, 'kind' | 'apiVersion'>): string {
  const groups = GROUPS.get(kind)
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : ''
  return groups === undefined || apiVersion === '' || groups.includes(group) ? kind : `${kind}.${group}`
}

function isWorkloadKind(kind: string): kind is WorkloadKind {
  return (WORKLOAD_KINDS as readonly string[]).includes(kind)
}

const namespace = node.pick({ metadata: true })

/** What tells an object of any kind from others of its kind. */
const identified = z.object({ metadata: metadata.pick({ name: true, namespace: true }) })

/** Reads objects by their schemas, each of them once. */
class ObjectReader {
  readonly #faults: Faults
  readonly #seen = new Map<string, { readonly value: unknown; readonly place: Place }>()
  readonly #passed = new Set<string>()
  readonly repeated = new Map<string, number>()

  constructor(faults: Faults) {
    this.#faults = faults
  }

  /** Counts an object of a kind; says whether it is the first. */
  count(counts: Map<string, number>, kind: string): boolean {
    const count = counts.get(kind) ?? 0
    counts.set(kind, count + 1)
    return count === 0
  }

  /** Notes an object that is not needed: only whether it was there before. */
  passOver({ apiVersion, value }: FoundObject, kind: string): void {
    const { success, data } = identified.safeParse(value)
    if (!success) return
    const key = JSON.stringify([kind, apiVersion, data.metadata.namespace ?? '', data.metadata.name])
    if (this.#passed.has(key)) this.count(this.repeated, kind)
    this.#passed.add(key)
  }

  /** Adds an object to a list, unless it is there already. */
  read<Schema extends z.ZodType<{ metadata: z.infer<typeof metadata> }>>(
    { kind, apiVersion, value, place }: FoundObject,
    schema: Schema,
    list: Placed<z.output<Schema>>[]
  ): void {
    const parsed = schema.safeParse(value)
    if (!parsed.success) {
      for (const issue of parsed.error.issues) {
        for (const found of toInputIssues(issue, value, schema)) this.#faults.add(place, found)
      }
      return
    }
    const { name, namespace: space } = parsed.data.metadata
    const key = JSON.stringify([kind, kind === 'Node' ? '' : (space ?? 'default'), name])
    const earlier = this.#seen.get(key)
    if (earlier === undefined) {
      list.push({ value: parsed.data, place, apiVersion })
      this.#seen.set(key, { value: parsed.data, place })
      return
    }
    if (JSON.stringify(earlier.value) === JSON.stringify(parsed.data)) {
      this.count(this.repeated, kind)
      return
    }
    const found = `${kind} ${JSON.stringify(name)} again, and it says something else`
    const expected = `what ${joinPlace(earlier.place)} says, or nothing`
    this.#faults.report(
      place,
      [],
      found,
      expected,
      'two snapshots of one cluster, taken one after the other, cannot be mixed'
    )
  }
}
