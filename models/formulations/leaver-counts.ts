import type { InstanceDeployment } from '../instance/instance.js'
import type { Entry, ProgramDraft } from './draft.js'
import type { Moved } from './move-rows.js'

/**
 * Migrations where only stays are counted: the copies that run now, do not stay and are still wanted, now − Σ s, less those that are
 * stopped as surplus. One entry for each move cost among a deployment's copies, those that may not be moved apart.
 */
export function countLeavers(draft: ProgramDraft): Moved[] {
  return draft.instance.deployments.flatMap((deployment) =>
    deployment.isHeadroom ? [] : countLeaversOf(draft, deployment)
  )
}

function countLeaversOf(draft: ProgramDraft, deployment: InstanceDeployment): Moved[] {
  const { instance, builder, groups, stay, isOpen, outside } = draft
  const classes = new Map<string, { moveCost: number; isHeld: boolean; count: number; entries: Entry[] }>()
  const classOf = (moveCost: number, isHeld: boolean) => {
    const key = `${moveCost} ${isHeld}`
    const known = classes.get(key) ?? { moveCost, isHeld, count: 0, entries: [] }
    classes.set(key, known)
    return known
  }
  for (const copy of instance.copies) {
    if (copy.deployment !== deployment.index || copy.state === 'draining') continue
    const of = classOf(copy.moveCost, copy.hold !== 'none')
    const staysOutside = outside.packing?.stays[copy.index] === 1 && !isOpen(copy.node)
    of.count += staysOutside ? 0 : 1
  }
  for (const [position, { deployment: owner, moveCost, hold }] of groups.entries()) {
    if (owner === deployment.index) classOf(moveCost, hold !== 'none').entries.push([stay[position] as number, -1])
  }
  const all = [...classes.values()]
  if (deployment.surplus > 0) {
    const stopped: Entry[] = []
    for (const of of all) {
      const name = `${deployment.id} at ${of.moveCost}${of.isHeld ? ' held' : ''}`
      const column = builder.column(`stop ${name}`, { upper: Math.min(of.count, deployment.surplus), integer: true })
      of.entries.push([column, -1])
      stopped.push([column, 1])
      builder.row(`moved ${name}`, -of.count, of.isHeld ? -of.count : Infinity, of.entries)
    }
    builder.row(`surplus ${deployment.id}`, deployment.surplus, deployment.surplus, stopped)
  }
  return all.map(({ moveCost, count, entries }) => ({
    deployment: deployment.index,
    moveCost,
    constant: count,
    entries
  }))
}
