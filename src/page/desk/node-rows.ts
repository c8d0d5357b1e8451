import type { DescribedNode, NodeSide } from '../../report/cluster/describe-cluster.js'
import type { Holding, NodeLoad } from '../../report/cluster/node-load.js'
import type { NodeMoment } from '../../report/cluster/playback.js'
import type { NodeCell, NodeRow, ResourceView } from './views.js'

/** A node as one row of what is shown; `outset`: how it is before the first step. */
export function rowOf({ id, type, costPerHour, fate, before, after }: DescribedNode, outset?: NodeMoment): NodeRow {
  const resources = resourcesOf([before, after].filter((side) => side !== undefined))
  return {
    id,
    type: type ?? '',
    costPerHour,
    fate,
    resources,
    before: outset === undefined ? emptyCell(resources) : cellOf(outset, resources)
  }
}

function resourcesOf(sides: readonly NodeSide[]): ResourceView[] {
  const resources = new Map<string, ResourceView>()
  for (const { resources: loads } of sides) {
    for (const { resource, devices } of loads) {
      resources.set(resource, { name: resource, devices: devices === undefined ? null : devices.length })
    }
  }
  return [...resources.values()]
}

/** How a node is at a moment of the migration. */
export function cellOf(moment: NodeMoment, resources: readonly ResourceView[]): NodeCell {
  const inPhase = (phase: string) => moment.copies.filter((copy) => copy.phase === phase).length
  return {
    presence: moment.presence,
    isCordoned: moment.cordoned,
    copies: moment.copies.length,
    starting: inPhase('starting'),
    draining: inPhase('draining'),
    ...loadsOf(moment, resources)
  }
}

/** A node that is not there yet. */
function emptyCell(resources: readonly ResourceView[]): NodeCell {
  const devices = resources.map(({ devices }) => (devices === null ? null : new Array<number>(devices).fill(0)))
  const shares = resources.map(() => 0)
  return { presence: 'awaited', isCordoned: false, copies: 0, starting: 0, draining: 0, shares, devices }
}

function loadsOf(load: NodeLoad, resources: readonly ResourceView[]): Pick<NodeCell, 'shares' | 'devices'> {
  const loads = new Map(load.resources.map((one) => [one.resource, one]))
  return {
    shares: resources.map(({ name }) => loads.get(name)?.share ?? 0),
    devices: resources.map(({ name, devices }) => {
      if (devices === null) return null
      const { devices: known = [], unassigned = [] } = loads.get(name) ?? {}
      const used = Array.from({ length: devices }, (_, index) => known[index]?.used ?? 0)
      return withUnassigned(used, unassigned)
    })
  }
}

/** Devices filled with what holds some and does not say which: the largest first, each on the freest. It takes as much, if not where it does. */
function withUnassigned(used: number[], unassigned: readonly Holding[]): number[] {
  const shares = unassigned.flatMap(({ share }) => [...new Array<number>(Math.floor(share)).fill(1), share % 1])
  for (const share of shares.sort((left, right) => right - left)) {
    const freest = used.indexOf(Math.min(...used))
    if (freest >= 0) used[freest] = (used[freest] as number) + share
  }
  return used
}
