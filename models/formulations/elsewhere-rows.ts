import { type Entry, entriesOf, type ProgramDraft } from './draft.js'

/** The running copies of a deployment on a node. */
interface Home {
  readonly deployment: number
  readonly node: number
  /** Σ s. */
  readonly stays: Entry[]
  now: number
  isTied: boolean
}

/**
 * What leaves a node goes elsewhere: now − Σ s − surplus ≤ arrivals of the deployment on other nodes. Only devices make it worth saying:
 * without it a copy could leave its devices and arrive on others of the same node. `arrive` is a, by deployment × all nodes + node.
 */
export function addElsewhereRows(draft: ProgramDraft, arrive: ReadonlyMap<number, number>): void {
  const { instance, builder } = draft
  const totals = new Map<number, number>()
  for (const [key, { deployment, node, stays, now, isTied }] of findHomes(draft)) {
    const here = arrive.get(key)
    const owner = instance.deployments[deployment]
    if (!isTied || here === undefined || owner === undefined) continue
    const total = totals.get(deployment) ?? addTotalColumn(draft, deployment)
    totals.set(deployment, total)
    builder.row(`elsewhere ${owner.id} ${instance.nodes[node]?.id}`, now - owner.surplus, Infinity, [
      ...stays,
      [total, 1],
      [here, -1]
    ])
  }
}

function findHomes({ instance, groups, stay }: ProgramDraft): Map<number, Home> {
  const homes = new Map<number, Home>()
  for (const [position, { deployment, node, copies, tiedDevices }] of groups.entries()) {
    const key = deployment * instance.nodes.length + node
    const home = homes.get(key) ?? { deployment, node, stays: [], now: 0, isTied: false }
    homes.set(key, home)
    home.stays.push([stay[position] as number, 1])
    home.now += copies.length
    home.isTied ||= tiedDevices.some((devices) => devices.length > 0)
  }
  return homes
}

/** All arrivals of a deployment, on the nodes that are not open too, as one column: the rows stay short. */
function addTotalColumn({ instance, builder, presence, outside, isOpen }: ProgramDraft, deployment: number): number {
  const name = `arrivals ${instance.deployments[deployment]?.id}`
  const column = builder.column(name, {})
  const own = presence.filter((of) => of.deployment === deployment)
  const kept = outside.packing?.arrivals.filter((of) => of.deployment === deployment && !isOpen(of.node)).length ?? 0
  builder.row(name, kept, kept, [[column, 1], ...entriesOf(own, 'arrivals', () => -1)])
  return column
}
