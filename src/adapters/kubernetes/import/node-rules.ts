import { groupBy } from '../../../../models/grouping.js'
import type { NodeRequirement, NodeSelectorTerm } from '../objects/affinity.js'
import { GPU_MODEL } from './gpu-share.js'
import { describeTerms, matchesAnyTerm, requiredTerms } from './node-terms.js'
import { type HostPort, hostPorts } from './pod-shape.js'
import { listNames } from './remarks.js'
import { adaptGroup, idsOf, restrictTo, type Scene, shutOut } from './scene.js'
import { describeTaint, toleratesForGood } from './taints.js'
import type { WorkloadGroup } from './workload-groups.js'

/** nodeSelector, required node affinity and models of GPUs: on which nodes a workload may start by their labels and names. */
export function translateNodeSelection(scene: Scene): void {
  for (const group of scene.groups) {
    const { conditions, spec, share } = group
    for (const [label, value] of Object.entries(spec.nodeSelector ?? {})) conditions.requireValue(label, [value])
    if (share !== null && share.models.length > 0) conditions.requireValue(GPU_MODEL, share.models)
    const terms = requiredTerms(spec)
    if (terms !== null && !stateExactly(group, terms)) {
      const nodes = scene.roster.nodes.filter((node) => matchesAnyTerm(terms, node))
      const label = restrictTo(scene, 'node-affinity', describeTerms(terms), new Set(nodes), group)
      const reason = `its node affinity (${describeTerms(terms)}) is more than a nodeSelector can say, so the ${nodes.length} nodes that match it now have the label ${JSON.stringify(label)}`
      adaptGroup(scene, group, 'node-affinity-label', reason)
    }
    for (const label of conditions.labels) scene.roster.keep(label)
  }
}

/** States the one term of a node affinity by conditions on labels; false where it cannot be done. */
function stateExactly({ conditions }: WorkloadGroup, terms: readonly NodeSelectorTerm[]): boolean {
  const [term] = terms
  const expressions = term?.matchExpressions ?? []
  if (terms.length !== 1 || expressions.length === 0 || (term?.matchFields ?? []).length > 0) return false
  if (!expressions.every(({ operator, values }) => isPlain(operator) && (!LISTING.has(operator) || isFilled(values)))) {
    return false
  }
  for (const { key, operator, values } of expressions) {
    if (operator === 'In') conditions.requireValue(key, values ?? [])
    else if (operator === 'NotIn') conditions.forbidValues(key, values ?? [])
    else conditions.requireExistence(key, operator === 'Exists')
  }
  return true
}

const LISTING: ReadonlySet<string> = new Set(['In', 'NotIn'])

function isPlain(operator: NodeRequirement['operator']): boolean {
  return operator !== 'Gt' && operator !== 'Lt'
}

function isFilled(values: readonly string[] | null | undefined): boolean {
  return (values ?? []).length > 0
}

/** Taints: a node whose taint nobody tolerates takes nobody in; others have a label for it, which those who do not tolerate it shun. */
export function translateTaints(scene: Scene): void {
  const { roster, groups, remarks } = scene
  const tainted = groupBy(
    roster.nodes.flatMap((node) => node.taints.map((taint) => ({ node, taint }))),
    ({ taint }) => describeTaint(taint)
  )
  for (const [text, places] of tainted) {
    const [first] = places
    if (first === undefined) continue
    const kept = groups.filter(({ spec }) => !toleratesForGood(spec.tolerations, first.taint))
    const nodes = new Set(places.map(({ node }) => node))
    if (kept.length < groups.length) {
      shutOut(scene, 'taint', text, nodes, kept)
      continue
    }
    for (const node of nodes) node.acceptsReplicas = false
    const reason = `no workload tolerates the taint ${text}, so nothing new may start there`
    remarks.adapt({ kind: 'Node', id: listNames([...nodes].map(({ name }) => name)), code: 'taint', reason })
  }
  const soft = groupBy(
    roster.nodes.flatMap(({ name, object }) =>
      (object.spec?.taints ?? []).flatMap((taint) => (taint.effect === 'PreferNoSchedule' ? [{ name, taint }] : []))
    ),
    ({ taint }) => describeTaint(taint)
  )
  for (const [text, places] of soft) {
    const reason = `their taint ${text} only asks pods to stay away, and is not heeded`
    remarks.adapt({ kind: 'Node', id: listNames(places.map(({ name }) => name)), code: 'soft-taint', reason })
  }
}

/** Ports of the node: two pods that take the same one cannot be on one node. */
export function translateHostPorts(scene: Scene): void {
  const takers = scene.groups.flatMap((group) => hostPorts(group.spec).map((port) => ({ port, group })))
  if (takers.length === 0) return
  const held = scene.fixed.flatMap((pod) => hostPorts(pod.pod.spec).map((port) => ({ port, node: pod.node })))
  const heldBy = groupBy(held, ({ port }) => JSON.stringify(port))
  for (const [number, users] of groupBy(takers, ({ port }) => `${port.protocol}/${port.port}`)) {
    for (const places of heldBy.values()) {
      const [first] = places
      if (first === undefined || `${first.port.protocol}/${first.port.port}` !== number) continue
      const kept = users.filter(({ port }) => collide(port, first.port)).map(({ group }) => group)
      const nodes = new Set(places.map(({ node }) => node))
      shutOut(scene, 'host-port', describePort(first.port), nodes, kept)
    }
    const byAddress = groupBy(users, ({ port }) => port.address)
    for (const sharing of byAddress.values())
      stateAlone(
        scene,
        sharing.map(({ group }) => group)
      )
    const everywhere = (byAddress.get('') ?? []).map(({ group }) => group)
    const somewhere = [...new Set(users.filter(({ port }) => port.address !== '').map(({ group }) => group))]
    const others = somewhere.filter((group) => !everywhere.includes(group))
    if (everywhere.length === 0 || others.length === 0) continue
    scene.rules.push({ kind: 'conflict', between: [idsOf(everywhere), idsOf(others)], topologyKey: 'node' })
  }
}

/** At most one pod of all these on a node. */
function stateAlone({ rules }: Scene, groups: readonly WorkloadGroup[]): void {
  const [first, ...others] = new Set(groups)
  if (first === undefined) return
  if (others.length === 0) first.isAloneOnNode = true
  else rules.push({ kind: 'anti-affinity', deployments: idsOf([first, ...others]), topologyKey: 'node', max: 1 })
}

function collide(left: HostPort, right: HostPort): boolean {
  return left.address === '' || right.address === '' || left.address === right.address
}

function describePort({ protocol, port, address }: HostPort): string {
  return `${protocol}/${address === '' ? '' : `${address}:`}${port}`
}
