import type { DescribedCluster, DescribedNode } from '../../cluster/describe-cluster.js'
import { describeDevices } from '../../cluster/step-words.js'
import { formatAmount, formatCount } from '../../text/numbers.js'
import { words } from '../capacity/columns.js'
import type { TableBlock } from '../section.js'

/** A page stays light: of more replicas than these, only some that are elsewhere in the end. */
const MOST_REPLICAS = 2500
const MOST_MOVED = 1000

interface Place {
  readonly node: string
  readonly devices: string
}

interface Row {
  readonly replica: string
  readonly deployment: string
  readonly before: Place | undefined
  readonly after: Place | undefined
}

/** Who is where and holds which devices, before and after: a row for each replica. */
export function replicaTable({ nodes, pending }: DescribedCluster): TableBlock {
  const rows = readRows(nodes)
  const moved = rows.filter(({ before, after }) => before?.node !== after?.node)
  const isWhole = rows.length <= MOST_REPLICAS
  const shown = isWhole ? rows : moved.slice(0, MOST_MOVED)
  const waiting = new Set(pending)
  return {
    kind: 'table',
    caption: isWhole
      ? `Every replica, ${formatAmount(rows.length)} in all`
      : `${formatCount(shown.length, 'replica')} of ${formatAmount(moved.length)} that are elsewhere in the end; all of them are in the Result`,
    closed: true,
    columns: words('Replica', 'Deployment', 'Node before', 'Devices', 'Node after', 'Devices'),
    rows: shown.map(({ replica, deployment, before, after }) => [
      replica,
      deployment,
      before?.node ?? (waiting.has(replica) ? 'pending' : 'none'),
      before?.devices ?? '',
      after?.node ?? 'none',
      after?.devices ?? ''
    ])
  }
}

function readRows(nodes: readonly DescribedNode[]): Row[] {
  const rows = new Map<string, Row>()
  for (const node of nodes) {
    for (const side of ['before', 'after'] as const) {
      for (const { replica, deployment, devices } of node[side]?.copies ?? []) {
        if (replica === null) continue
        const row = rows.get(replica) ?? { replica, deployment: deployment, before: undefined, after: undefined }
        rows.set(replica, { ...row, [side]: { node: node.id, devices: describeDevices(devices) } })
      }
    }
  }
  return [...rows.values()]
}
