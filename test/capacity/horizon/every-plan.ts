import type { Rule } from '../../../models/contract/rules.js'
import type { Study } from '../../../models/contract/study.js'
import type { Demand } from '../../../src/capacity/forecast/demand.js'

/** Nodes of one kind, as a plan may have them: written down from the study alone. */
interface Supply {
  readonly cpu: number
  readonly gpu: number
  readonly labels: Readonly<Record<string, string>>
  readonly isSpot: boolean
  /** Of the base: least, most, and money an hour. */
  readonly least: number
  readonly most: number
  readonly basePrice: number
  /** By the hour, beside those of the base; nodes that are there are not to be had so. */
  readonly maxNew: number
  readonly price: number
  readonly orderPrice: number
}

/**
 * The least that any plan costs without migrations, every base and all numbers of nodes in every period looked at; Infinity where there
 * is none. For studies with one `cpu`, one `gpu` resource and few nodes.
 */
export function cheapestPlan(study: Study, demand: Demand): number {
  const supplies = suppliesOf(study)
  const hours = demand.periodSeconds / 3600
  const hosts = new HostingOracle(study, supplies)
  const periods = Array.from({ length: demand.periods }, (_, period) =>
    study.deployments.map(({ id }) => demand.counts.get(id)?.[period] ?? 0)
  )
  // Idle nodes are allowed: whoever holds one saves its order.
  const totals = vectorsUpTo(supplies.map(({ most, maxNew }) => most + maxNew)).filter((nodes) =>
    hosts.keepsQuotas(nodes)
  )
  const fitting = periods.map((wanted) => totals.filter((nodes) => hosts.hosts(nodes, wanted)))
  let cheapest = Infinity
  for (const base of vectorsUpTo(supplies.map(({ most }) => most))) {
    if (base.some((nodes, kind) => nodes < (supplies[kind] as Supply).least)) continue
    const basePrice =
      sumOf(supplies, ({ basePrice }, kind) => basePrice * (base[kind] as number)) * hours * demand.periods
    let states = new Map<string, { beyond: number[]; cost: number }>([['', { beyond: [], cost: basePrice }]])
    for (const fits of fitting) {
      const next: typeof states = new Map()
      for (const nodes of fits) {
        const beyond = nodes.map((count, kind) => count - (base[kind] as number))
        if (beyond.some((count, kind) => count < 0 || count > (supplies[kind] as Supply).maxNew)) continue
        const rent = sumOf(supplies, ({ price }, kind) => price * (beyond[kind] as number)) * hours
        let cost = Infinity
        for (const state of states.values()) {
          const orders = sumOf(supplies, ({ orderPrice }, kind) =>
            state.beyond.length === 0
              ? 0
              : orderPrice * Math.max(0, (beyond[kind] as number) - (state.beyond[kind] as number))
          )
          cost = Math.min(cost, state.cost + rent + orders)
        }
        if (cost < cheapest) next.set(beyond.join(), { beyond, cost })
      }
      states = next
    }
    for (const { cost } of states.values()) cheapest = Math.min(cheapest, cost)
  }
  return cheapest
}

function suppliesOf(study: Study): Supply[] {
  const { commitment } = study
  const nodes = study.nodes.map(
    ({ capacity, labels, costPerHour, releasable }): Supply => ({
      cpu: capacity.cpu ?? 0,
      gpu: capacity.gpu ?? 0,
      labels,
      isSpot: labels.market === 'spot',
      least: releasable ? 0 : 1,
      most: 1,
      basePrice: costPerHour,
      maxNew: 0,
      price: 0,
      orderPrice: 0
    })
  )
  const reserved = study.reservations.map(
    ({ nodes, costPerHour, capacity = {}, labels = {} }): Supply => ({
      cpu: capacity.cpu ?? 0,
      gpu: capacity.gpu ?? 0,
      labels,
      isSpot: false,
      least: nodes,
      most: nodes,
      basePrice: costPerHour,
      maxNew: 0,
      price: 0,
      orderPrice: 0
    })
  )
  const types = study.nodeTypes.map(({ capacity, labels, costPerHour, maxNew, provisionSeconds }): Supply => {
    const isSpot = labels.market === 'spot'
    return {
      cpu: capacity.cpu ?? 0,
      gpu: capacity.gpu ?? 0,
      labels,
      isSpot,
      least: 0,
      most: commitment === undefined || isSpot ? 0 : maxNew,
      basePrice: commitment === undefined ? 0 : costPerHour * (1 - commitment.discount),
      maxNew,
      price: costPerHour,
      orderPrice: (costPerHour * provisionSeconds) / 3600
    }
  })
  return [...nodes, ...reserved, ...types]
}

/** Whether nodes can host what is wanted: by trying. */
class HostingOracle {
  readonly #hasSpot: boolean
  readonly #known = new Map<string, boolean>()
  readonly #contents: readonly (readonly (readonly number[])[])[]
  readonly #items: readonly number[]

  constructor(
    readonly study: Study,
    readonly supplies: readonly Supply[]
  ) {
    this.#hasSpot = supplies.some(({ isSpot }) => isSpot)
    // Headroom is one more deployment, which counts in no floor.
    this.#items = [...study.deployments.keys(), ...study.headroom.map(({ deployment }) => this.#indexOf(deployment))]
    this.#contents = supplies.map((supply) =>
      vectorsUpTo(this.#items.map(() => 6)).filter((counts) => this.#fits(supply, counts))
    )
  }

  keepsQuotas(nodes: readonly number[]): boolean {
    return this.study.quotas.every(({ nodeSelector, resource, max }) => {
      const zones = nodeSelector.zone
      const used = sumOf(this.supplies, ({ cpu, labels }, kind) =>
        Array.isArray(zones) && !zones.includes(labels.zone as string)
          ? 0
          : (nodes[kind] as number) * (resource === 'cpu' ? cpu : 1)
      )
      return used <= max + 1e-9
    })
  }

  hosts(nodes: readonly number[], wanted: readonly number[]): boolean {
    const all = [...wanted, ...this.study.headroom.map(({ replicas }) => replicas)]
    const least = this.study.deployments.map(({ floor = this.study.availability.floor }, index) =>
      this.#hasSpot ? Math.ceil(floor * (wanted[index] as number) - 1e-9) : 0
    )
    const selected = this.study.rules.map((rule) => (rule.kind === 'at-least' ? rule.count : 0))
    return this.#place(0, nodes, all, least, selected)
  }

  /** Node after node gets what it can host. */
  #place(
    kind: number,
    nodes: readonly number[],
    open: readonly number[],
    floors: readonly number[],
    selected: readonly number[]
  ): boolean {
    const supply = this.supplies[kind]
    if (supply === undefined) return [...open, ...floors, ...selected].every((amount) => amount <= 0)
    if (nodes[kind] === 0) return this.#place(kind + 1, nodes, open, floors, selected)
    const key = [kind, nodes.slice(kind), open, floors, selected].join(' ')
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const fewer = nodes.map((count, index) => (index === kind ? count - 1 : count))
    const found = (this.#contents[kind] as number[][]).some((counts) => {
      if (counts.some((copies, item) => copies > (open[item] as number))) return false
      const replicas = counts.slice(0, this.study.deployments.length)
      return this.#place(
        kind,
        fewer,
        open.map((copies, item) => copies - (counts[item] as number)),
        floors.map((copies, index) => Math.max(0, copies - (supply.isSpot ? 0 : (replicas[index] as number)))),
        selected.map((copies, index) =>
          Math.max(0, copies - countIn(this.study, this.study.rules[index] as Rule, supply, replicas))
        )
      )
    })
    this.#known.set(key, found)
    return found
  }

  #fits({ cpu, gpu }: Supply, counts: readonly number[]): boolean {
    const { deployments, rules } = this.study
    const of = (item: number) => deployments[this.#items[item] as number] as Study['deployments'][number]
    if (sumOf(counts, (copies, item) => copies * (of(item).demand.cpu ?? 0)) > cpu + 1e-9) return false
    const shares = counts
      .flatMap((copies, item) => Array.from({ length: copies }, () => of(item).demand.gpu ?? 0))
      .filter((share) => share > 0)
    if (!fitsDevices(shares, new Array<number>(gpu).fill(1))) return false
    const copiesOf = (index: number) => sumOf(counts, (copies, item) => (this.#items[item] === index ? copies : 0))
    const replicas = counts.slice(0, deployments.length)
    return (
      deployments.every(({ maxReplicasPerNode = Infinity }, index) => copiesOf(index) <= maxReplicasPerNode) &&
      rules.every((rule) => {
        const many = (ids: readonly string[]) =>
          sumOf(deployments, ({ id }, index) => (ids.includes(id) ? copiesOf(index) : 0))
        if (rule.kind === 'anti-affinity') return many(rule.deployments) <= rule.max
        if (rule.kind === 'conflict') return many(rule.between[0]) === 0 || many(rule.between[1]) === 0
        return replicas.length > 0
      })
    )
  }

  #indexOf(id: string): number {
    return this.study.deployments.findIndex((deployment) => deployment.id === id)
  }
}

function countIn({ deployments }: Study, rule: Rule, { labels }: Supply, replicas: readonly number[]): number {
  if (rule.kind !== 'at-least') return 0
  const zones = rule.nodeSelector.zone
  if (Array.isArray(zones) && !zones.includes(labels.zone as string)) return 0
  return sumOf(deployments, ({ id }, index) => (rule.deployments.includes(id) ? (replicas[index] as number) : 0))
}

function fitsDevices(shares: readonly number[], room: readonly number[]): boolean {
  const [share, ...others] = shares
  if (share === undefined) return true
  return room.some(
    (left, device) =>
      left >= share - 1e-9 &&
      fitsDevices(
        others,
        room.map((one, index) => (index === device ? one - share : one))
      )
  )
}

function vectorsUpTo(most: readonly number[]): number[][] {
  const [first, ...others] = most
  if (first === undefined) return [[]]
  return Array.from({ length: first + 1 }, (_, value) => vectorsUpTo(others).map((rest) => [value, ...rest])).flat()
}

function sumOf<Item>(items: readonly Item[], amount: (item: Item, index: number) => number): number {
  return items.reduce((sum, item, index) => sum + amount(item, index), 0)
}
