import { type Cluster, type Copy, matchesSelector } from './cluster.js'
import { Tally } from './excess.js'
import type { PlacementLike } from './placement-like.js'
import { checkDevices } from './stated-devices.js'
import type { Report } from './violations.js'

/** The room that a Result keeps free, as copies; it must be what the Problem asks for, on nodes that could take it. */
export function readHeadroom(
  cluster: Cluster,
  { headroom, releasedNodes = [] }: PlacementLike,
  report: Report
): Copy[] {
  const missing = new Tally<string>()
  for (const { deployment, replicas } of cluster.problem.headroom) missing.add(deployment, replicas)
  const released = new Set(releasedNodes)
  const room: Copy[] = []
  for (const entry of headroom) {
    const deployment = cluster.deployments.get(entry.deployment)
    const node = cluster.nodes.get(entry.node)
    if (deployment === undefined || node === undefined) {
      report('reference', entry.node, `headroom of ${entry.deployment} on ${entry.node}: unknown`)
      continue
    }
    const subject = `headroom of ${deployment.id} on ${node.id}`
    const copy = { deployment, node, devices: entry.devices }
    room.push(copy)
    missing.add(deployment.id, -1)
    checkDevices(copy, subject, report)
    if (!matchesSelector(node, deployment.options.nodeSelector)) report('selector', node.id, `${subject}: the selector`)
    if (!node.acceptsReplicas) report('closed-node', node.id, `${subject}: the node accepts no replicas`)
    if (released.has(node.id)) report('headroom', node.id, `${subject}: the node is released`)
  }
  for (const [deployment, number] of missing) {
    if (number === 0) continue
    const message = `headroom of ${deployment}: ${Math.abs(number)} ${number > 0 ? 'missing' : 'too many'}`
    report('headroom', deployment, message, Math.abs(number))
  }
  return room
}
