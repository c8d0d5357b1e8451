import type { Explanation, MoveReason, NodeReason, Result } from '../contract/result.js'
import { activeNodes, type Cluster, type Copy, isPinned } from './cluster.js'
import type { PlacedReplica } from './placed-copies.js'
import type { Report } from './violations.js'

type PlacedById = ReadonlyMap<string, PlacedReplica>

/** What reasons of nodes are held against. */
interface Known {
  readonly active: ReadonlySet<string>
  readonly placed: PlacedById
  /** Names of resources. */
  readonly resources: ReadonlySet<string>
  readonly decisions: Explanation['decisions']
  /** Whether the plan is restricted to some means of execution. */
  readonly isRestricted: boolean
}

/**
 * What a Result says of nodes that stay and of its moves, as far as the Problem and the end of it show whether that is so: that the nodes
 * stay, that the replicas are there and held as it says, that what is said to be in the way is in the Problem.
 *
 * Not checked, for that takes a search: whether there is no room elsewhere (`no-room-elsewhere`), whether a node would be freed with more of
 * the budget, without the gate, or by another order of moves, whether Ray Serve could drain it (`not-executable`), and whether nothing better was found (`not-proven`,
 * `none-found`);
 * and what blocks a move, which is told in words.
 */
export function checkExplanation(
  cluster: Cluster,
  { explanation, solve }: Result,
  placed: PlacedById,
  room: readonly Copy[],
  report: Report
): void {
  const everything: Copy[] = [...placed.values(), ...room]
  const active = new Set([...activeNodes(cluster, everything)].map(({ id }) => id))
  const hosts = new Set(everything.map(({ node }) => node.id))
  const known = {
    active,
    placed,
    resources: resourcesOf(cluster),
    decisions: explanation.decisions,
    isRestricted: solve.executableOn !== undefined
  }
  for (const [index, reason] of (explanation.nodes ?? []).entries()) {
    const where = `explanation.nodes[${index}]`
    const wrong = wrongOfNode(cluster, reason, known)
    if (wrong !== undefined) report('claim', where, `${where}: ${wrong}`)
  }
  const told = new Set<string>()
  for (const [index, reason] of (explanation.moves ?? []).entries()) {
    const where = `explanation.moves[${index}]`
    const wrong = told.has(reason.replica)
      ? `${reason.replica} is explained twice`
      : wrongOfMove(cluster, reason, hosts, placed)
    if (wrong !== undefined) report('claim', where, `${where}: ${wrong}`)
    told.add(reason.replica)
  }
}

function wrongOfNode(
  cluster: Cluster,
  { node, code, replicas = [], limits = [] }: NodeReason,
  { active, placed, resources, decisions, isRestricted }: Known
): string | undefined {
  if (!active.has(node)) return `${node} is no node that stays`
  const stranger = replicas.find((replica) => placed.get(replica)?.node.id !== node)
  if (stranger !== undefined) return `${stranger} is not on ${node} in the end`
  // What blocks an order of moves is told in words, such as `maxSurge of web`.
  const unknown =
    code === 'migration-blocked'
      ? undefined
      : limits.find((limit) => !resources.has(limit) && !isLimit(cluster, limit) && !isDecision(decisions, limit))
  if (unknown !== undefined) return `there is no ${unknown} that could be in the way`
  const isDecided = (replica: string) =>
    code === 'hosts-pinned' &&
    [...(decisions?.pin ?? []), ...(decisions?.accept ?? [])].some((decision) => decision.replica === replica)
  const free = replicas.find((replica) => !isHeldBy(code, cluster, placed.get(replica)?.listed) && !isDecided(replica))
  if (free !== undefined) return `${free} is not held as ${code} says`
  const { problem, nodes } = cluster
  const { releasable, costPerHour = 0 } = nodes.get(node) ?? {}
  if (code === 'not-releasable' && releasable === true) return `${node} may be given back`
  const hasGate = problem.gate.minSavingPerMove > 0 || problem.gate.paybackHours !== null
  if (code === 'not-executable' && !isRestricted) return 'the plan is not restricted to what can be executed'
  if (code === 'gate' && !hasGate) return 'there is no gate'
  // Moves may cost more than a node that has a price, where they are priced at all.
  if (code === 'saves-nothing' && costPerHour > 0 && problem.objective.horizonHours === null)
    return `${node} costs ${costPerHour} an hour`
  return undefined
}

/** Whether a replica that is named beside a code is held in that way; true for codes that name no hold. */
function isHeldBy(code: NodeReason['code'], cluster: Cluster, listed: PlacedReplica['listed']): boolean {
  switch (code) {
    case 'hosts-pinned':
      return listed !== undefined && isPinned(cluster, listed)
    case 'hosts-gang':
      return listed?.gang !== undefined
    case 'hosts-in-flight':
      return listed?.state === 'starting'
    default:
      return true
  }
}

/** Names of the resources that nodes have or replicas ask for. */
function resourcesOf({ nodes, deployments }: Cluster): Set<string> {
  const names = new Set<string>()
  for (const { capacity } of nodes.values()) for (const name of capacity.keys()) names.add(name)
  for (const { demand, startupDemand } of deployments.values())
    for (const name of [...demand.keys(), ...startupDemand.keys()]) names.add(name)
  return names
}

/** Whether a path leads to a limit that the Problem has. */
function isLimit({ problem }: Cluster, limit: string): boolean {
  const [, list, index, key] = /^(\w+)\[(\d+)\](.*)$/s.exec(limit) ?? []
  if (list === undefined) {
    const [part, name] = limit.split('.')
    if (part === 'gate') return name === 'minSavingPerMove' || name === 'paybackHours'
    return KNOWN_PARTS.has(part ?? '')
  }
  const entries: unknown = Object.hasOwn(problem, list) ? problem[list as keyof typeof problem] : undefined
  return (
    Array.isArray(entries) && Number(index) < entries.length && (key !== '' || list === 'rules' || list === 'headroom')
  )
}

/** Whether a limit names a decision that there is: `decisions.pin[0]`. */
function isDecision(decisions: Explanation['decisions'], limit: string): boolean {
  const [, kind, index] = /^decisions\.(accept|reject|pin)\[(\d+)\]$/.exec(limit) ?? []
  return kind !== undefined && Number(index) < (decisions?.[kind as 'accept' | 'reject' | 'pin'].length ?? 0)
}

/** Parts of a Problem that are no lists and may be in the way. */
const KNOWN_PARTS = new Set(['budget', 'migration'])

function wrongOfMove(
  cluster: Cluster,
  { replica, code, node, replicas = [], rule }: MoveReason,
  hosts: ReadonlySet<string>,
  placed: PlacedById
): string | undefined {
  const { listed, migrates = false } = placed.get(replica) ?? {}
  if (!migrates || listed === undefined) return `${replica} does not migrate`
  if (node !== undefined && listed.node !== node) return `${replica} does not leave ${node}`
  if (rule !== undefined && !cluster.rules.some((_, index) => rule === `rules[${index}]`)) return `there is no ${rule}`
  const home = listed.node ?? ''
  if (code === 'empty-node' && hosts.has(home)) return `${home} is not empty in the end`
  if (code === 'must-empty' && cluster.nodes.get(home)?.mustEmpty !== true) return `${home} need not be empty`
  if (code === 'gang') {
    const stranger = replicas.find((other) => cluster.replicas.get(other)?.gang !== listed.gang)
    return listed.gang === undefined || stranger !== undefined
      ? `${stranger ?? replica} is not of the gang of ${replica}`
      : undefined
  }
  const absent = replicas.find((other) => {
    const end = placed.get(other)
    return end?.node.id !== home || end.listed?.node === home
  })
  return absent === undefined ? undefined : `${absent} does not come to ${home}`
}
