import { describeValue } from '../../../../models/contract/describe-input.js'
import type { Result } from '../../../../models/contract/result.js'
import { commonUnit } from '../../../../models/instance/binding-limit.js'
import type { Instance, InstanceNode } from '../../../../models/instance/instance.js'
import { blockersOf } from '../../../result/blockers.js'
import { formatNumber } from '../../../result/conflict/words.js'
import { withoutContents } from '../../../search/clear-node.js'
import type { PackingState } from '../../../search/packing-state.js'
import type { Proposal } from '../proposal.js'
import { hasSpread, type Scene } from '../scene.js'

/** Nodes of which more of one resource is proposed. */
const MOST_NODES = 2
/** What is missing of several resources is proposed in so many parts: others may host some of it. */
const PARTS = 8

interface Shortage {
  readonly node: number
  readonly resource: number
  readonly amount: number
}

/** More of one resource on one node: where the least is missing, so that what is homeless could go there. */
export function proposeCapacity(scene: Scene): Proposal[] {
  const { aim, end } = scene
  if (aim === 'cheaper') return []
  const shortages = end === null ? largestNodes(scene) : leastShortages(scene, end)
  const single = shortages.map(({ weight, ...shortage }) => moreCapacity(scene, shortage, weight))
  return single.length > 0 || end === null ? single : largerNodes(scene, end)
}

function leastShortages(
  { instance, node, homeless, residents }: Scene,
  end: PackingState
): (Shortage & { weight: number })[] {
  const wanted = homeless.length > 0 ? homeless : residents.map(({ deployment }) => deployment)
  const found: (Shortage & { share: number })[] = []
  withoutContents(end, node, () => {
    for (const { index, capacity, open } of instance.nodes) {
      if (index === node || !open || !end.isActive(index)) continue
      const short = instance.resources.flatMap((_, resource) => {
        const demands = wanted.map((deployment) => end.arriving(deployment)[resource] as number)
        const missing = demands.reduce((sum, demand) => sum + demand, 0) - end.free(index, resource)
        return missing > 1e-9 ? [{ resource, missing }] : []
      })
      const blockers = new Set([...new Set(wanted)].flatMap((deployment) => blockersOf(end, deployment, index)))
      for (const { resource } of short) blockers.add(instance.resources[resource] as string)
      const [only] = blockers
      const resource = instance.resources.indexOf(only ?? '')
      if (blockers.size !== 1 || resource < 0) continue
      // Devices may be free in parts that are of no use.
      const amount = short.find((one) => one.resource === resource)?.missing ?? 0
      found.push({ node: index, resource, amount, share: amount / Math.max(1, capacity[resource] as number) })
    }
  })
  found.sort((left, right) => left.share - right.share || left.node - right.node)
  const perResource = instance.resources.flatMap((_, resource) =>
    found.filter((one) => one.resource === resource).slice(0, MOST_NODES)
  )
  return perResource.map(({ share, ...shortage }) => ({ ...shortage, weight: 2 / (1 + share) }))
}

/** Where no node lacks one resource alone: a node with room for all that is homeless, where the least is missing. */
function largerNodes({ problem, instance, node, homeless }: Scene, end: PackingState): Proposal[] {
  if (homeless.length === 0) return []
  const kinds = [...new Set(homeless)]
  const candidates = withoutContents(end, node, () =>
    instance.nodes.flatMap(({ index, capacity, open, purchase }) => {
      if (index === node || !open || purchase >= 0 || !end.isActive(index)) return []
      const blockers = kinds.flatMap((deployment) => blockersOf(end, deployment, index))
      if (blockers.some((limit) => !instance.resources.includes(limit))) return []
      const missing = instance.resources.map((_, resource) => {
        const wanted = homeless.reduce((sum, deployment) => sum + (end.arriving(deployment)[resource] as number), 0)
        const short = Math.max(0, wanted - end.free(index, resource))
        return instance.isDevice[resource] === true ? Math.ceil(short - 1e-9) : short
      })
      const share = missing.reduce((sum, short, at) => sum + short / Math.max(1, capacity[at] as number), 0)
      // Where nothing is missing, something else than room is in the way.
      return share > 0 ? [{ index, missing, share }] : []
    })
  )
  return candidates
    .sort((left, right) => left.share - right.share || left.index - right.index)
    .slice(0, MOST_NODES)
    .map(({ index, missing, share }): Proposal => {
      const { id, capacity } = instance.nodes[index] as InstanceNode
      const more = (steps: number) =>
        missing.flatMap((short, resource) => {
          const part = (short * steps) / PARTS
          const by = instance.isDevice[resource] === true ? Math.ceil(part - 1e-9) : Number(part.toPrecision(6))
          return by > 0 ? [{ resource, by, name: instance.resources[resource] as string }] : []
        })
      return {
        kind: 'capacity',
        weight: 1 / (1 + share),
        most: PARTS,
        guess: PARTS / 2,
        isRelaxation: !hasSpread(problem),
        mayGoFurther: true,
        isRough: true,
        step: (steps) => ({
          edits: more(steps).map(({ name, by, resource }) => ({
            path: ['nodes', index, 'capacity', name],
            to: (capacity[resource] as number) + by
          })),
          words: `${describeValue(id)}, at the same price, larger by ${more(steps)
            .map(({ name, by }) => `${formatNumber(by)} ${name}`)
            .join(', ')}`,
          amount: (share * steps) / PARTS
        })
      }
    })
}

/** Where nothing has a place, more of what is asked for on the node that has most of it. */
function largestNodes({ instance, suspects }: Scene): (Shortage & { weight: number })[] {
  const asked = new Set(
    instance.deployments.flatMap(({ demand }) => [...demand.keys()].filter((at) => demand[at] !== 0))
  )
  return [...asked].flatMap((resource) => {
    const open = instance.nodes.filter(({ open, purchase }) => open && purchase < 0)
    const [largest] = [...open].sort(
      (left, right) => (right.capacity[resource] as number) - (left.capacity[resource] as number)
    )
    const isNamed = [...suspects.keys()].some((path) => path.includes(instance.resources[resource] as string))
    return largest === undefined ? [] : [{ node: largest.index, resource, amount: 0, weight: isNamed ? 2 : 1 }]
  })
}

function moreCapacity({ instance, problem }: Scene, { node, resource, amount }: Shortage, weight: number): Proposal {
  const name = instance.resources[resource] as string
  const { id, capacity } = instance.nodes[node] as InstanceNode
  const now = capacity[resource] as number
  const isDevice = instance.isDevice[resource] === true
  // Until a copy is ready it may take more than then, and a part of a device may need one of its own.
  const peaks = instance.deployments.map(({ demand, startupDemand }) => {
    const peak = Math.max(demand[resource] as number, startupDemand[resource] as number)
    return isDevice ? Math.ceil(peak) : peak
  })
  const wanted = instance.deployments.reduce((sum, { desired }, index) => sum + (peaks[index] as number) * desired, 0)
  const demands = [...peaks, ...instance.deployments.map(({ demand }) => demand[resource] as number)]
  const common = isDevice ? 1 : commonUnit(demands)
  const unit = common || Math.max(...demands) / 100
  const from = Math.floor(now / unit + 1e-9)
  const most = Math.max(1, Math.ceil(wanted / unit))
  const levelOf = (steps: number) => (from + steps) * unit
  return {
    kind: 'capacity',
    weight,
    most,
    guess: Math.min(most, Math.max(1, Math.ceil((now + amount) / unit - 1e-9) - from)),
    step: (steps) => ({
      edits:
        node < instance.listedNodes
          ? [{ path: ['nodes', node, 'capacity', name], to: levelOf(steps) }]
          : [{ path: ['nodeTypes', instance.nodes[node]?.purchase ?? 0, 'capacity', name], to: levelOf(steps) }],
      words: `${formatNumber(levelOf(steps) - now)} more ${name} on ${describeValue(id)} (${formatNumber(levelOf(steps))}, not ${formatNumber(now)})`,
      amount: levelOf(steps) - now
    }),
    isRelaxation: !hasSpread(problem),
    isRough: common === 0,
    ...(!isDevice && {
      needed: (plan: Result) => Math.ceil(usedOn(instance, plan, id, resource) / unit - 1e-6) - from
    })
  }

  function usedOn(within: Instance, plan: Result, home: string, of: number): number {
    const byId = new Map(within.deployments.filter(({ isHeadroom }) => !isHeadroom).map((one) => [one.id, one.demand]))
    const listed = new Map(problem.replicas.map((replica) => [replica.id, replica.deployment]))
    const there = [
      ...plan.placement.map(({ replica, deployment, node: at }) => ({
        deployment: deployment ?? listed.get(replica),
        at
      })),
      ...plan.headroom.map(({ deployment, node: at }) => ({ deployment, at }))
    ]
    return there
      .filter(({ at }) => at === home)
      .reduce((sum, { deployment }) => sum + (byId.get(deployment ?? '')?.[of] ?? 0), 0)
  }
}
