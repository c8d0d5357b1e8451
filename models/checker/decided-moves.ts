import type { Decisions, RejectedMove } from '../contract/decisions.js'
import type { Cluster } from './cluster.js'
import type { PlacedReplica } from './placed-copies.js'
import type { Report } from './violations.js'

/** A decision that is wrong: its path among the decisions, and why. */
export interface WrongDecision {
  readonly path: string
  readonly message: string
}

/** Decisions that a Result carries name what there is, and a placement of it, where there is one, obeys them. Returns whether nothing is wrong. */
export function checkDecisions(
  cluster: Cluster,
  decisions: Decisions,
  placed: ReadonlyMap<string, PlacedReplica> | null,
  report: Report
): boolean {
  const stray = strayDecisions(cluster, decisions)
  const wrong = stray.length > 0 || placed === null ? stray : disobeyedDecisions(decisions, placed)
  for (const { path, message } of wrong) {
    const where = `explanation.decisions.${path}`
    report('claim', where, `${where}: ${message}`)
  }
  return wrong.length === 0
}

/** Decisions that are wrong whatever is placed where: they name what there is not, or the same replica twice. */
export function strayDecisions(cluster: Cluster, { accept, reject, pin }: Decisions): WrongDecision[] {
  const told = new Set<string>()
  const onceOf = (replica: string) => {
    const isAgain = told.has(replica)
    told.add(replica)
    return isAgain ? `${replica} is accepted or pinned twice` : undefined
  }
  return [
    ...accept.map(({ replica, node }, index) => ({
      path: `accept[${index}]`,
      message: wrongOfAccepted(cluster, replica, node) ?? onceOf(replica)
    })),
    ...reject.map((move, index) => ({ path: `reject[${index}]`, message: wrongOfRejected(cluster, move) })),
    ...pin.map(({ replica }, index) => ({
      path: `pin[${index}]`,
      message: wrongOfPinned(cluster, replica) ?? onceOf(replica)
    }))
  ].flatMap(({ path, message }) => (message === undefined ? [] : [{ path, message }]))
}

function wrongOfAccepted({ replicas, deployments }: Cluster, replica: string, node: string): string | undefined {
  const listed = replicas.get(replica)
  if (listed === undefined) {
    const isNew = [...deployments.keys()].some((id) => isNewOf(id, replica))
    return isNew ? undefined : `there is no replica ${replica}`
  }
  if (listed.state === 'draining') return `${replica} is draining`
  return listed.node === node ? `${replica} runs on ${node} already: that is no move` : undefined
}

function wrongOfPinned({ replicas }: Cluster, replica: string): string | undefined {
  const listed = replicas.get(replica)
  if (listed === undefined) return `there is no replica ${replica}`
  if (listed.state === 'draining') return `${replica} is draining`
  return listed.node === null ? `${replica} runs nowhere yet` : undefined
}

function wrongOfRejected(
  { replicas, deployments, nodes, problem }: Cluster,
  { replica, deployment, node, type }: RejectedMove
): string | undefined {
  if (!deployments.has(deployment)) return `there is no deployment ${deployment}`
  const listed = replicas.get(replica)
  if (listed === undefined ? !isNewOf(deployment, replica) : listed.deployment !== deployment)
    return `${deployment} has no replica ${replica}`
  if (type === undefined) return nodes.has(node) ? undefined : `there is no node ${node}`
  // A node that was to be bought may be bought no longer.
  const boughtAs = nodes.get(node)?.boughtAs?.type ?? type
  return boughtAs === type && problem.nodeTypes.some((one) => one.type === type)
    ? undefined
    : `no node ${node} of type ${type} can be bought`
}

/** Whether a name is one that Results give to replicas of a deployment that the Problem does not list. */
function isNewOf(deployment: string, replica: string): boolean {
  const prefix = `${deployment}-new-`
  return replica.startsWith(prefix) && /^\d+$/.test(replica.slice(prefix.length))
}

function disobeyedDecisions(
  { accept, reject, pin }: Decisions,
  placed: ReadonlyMap<string, PlacedReplica>
): WrongDecision[] {
  const coming = [...placed.values()].filter(({ listed, node }) => listed?.node !== node.id)
  return [
    ...accept.flatMap(({ replica, node }, index) =>
      placed.get(replica)?.node.id === node
        ? []
        : [{ path: `accept[${index}]`, message: `${replica} does not end on ${node}` }]
    ),
    ...reject.flatMap(({ replica, deployment, node, others }, index) => {
      const came = coming.filter((one) => one.node.id === node && one.deployment.id === deployment)
      const path = `reject[${index}]`
      if (came.some((one) => one.replica === replica)) return [{ path, message: `${replica} comes to ${node}` }]
      if (came.length <= others) return []
      return [{ path, message: `${came.length} of ${deployment} come to ${node}, at most ${others} may` }]
    }),
    ...pin.flatMap(({ replica }, index) => {
      const end = placed.get(replica)
      return end !== undefined && !end.migrates
        ? []
        : [{ path: `pin[${index}]`, message: `${replica} does not stay where it is` }]
    })
  ]
}
