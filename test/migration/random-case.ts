import { brokenRules } from '../../models/checker/broken-rules.js'
import { parseProblem } from '../../models/contract/parse.js'
import type { Problem, ProblemInput } from '../../models/contract/problem.js'
import { compileInstance } from '../../models/instance/compile.js'
import { type Instance, mayStart } from '../../models/instance/instance.js'
import type { Newcomer, Place, Target } from '../../models/instance/packing.js'
import { deviceLoads, packOnto } from '../../src/migration/device-choice.js'
import { Ledger } from '../../src/migration/ledger.js'
import { type Holding, Limits } from '../../src/migration/limits.js'

export interface RandomCase {
  readonly problem: Problem
  readonly instance: Instance
  readonly target: Target
}

/** Numbers in [0, 1) from a seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** A small cluster with every kind of rule and state, and a target whose end is legal; null where none was found. */
export function randomCase(seed: number): RandomCase | null {
  const random = randomNumbers(seed)
  const input = randomProblem(random)
  if (input.replicas.length === 0) return null
  const problem = parseProblem(input)
  const instance = compileInstance(problem)
  const limits = new Limits(instance)
  const { level } = new Ledger(instance, limits)
  if (level.some((amount, counter) => limits.isDevice(counter) && amount > (limits.limit[counter] as number)))
    return null
  for (let attempt = 0; attempt < 20; attempt++) {
    const target = randomTarget(instance, limits, random)
    if (target !== null && endsLegally(problem, instance, target)) return { problem, instance, target }
  }
  return null
}

function endsLegally(problem: Problem, instance: Instance, target: Target): boolean {
  const name = ({ deployment, node }: { readonly deployment: number; readonly node: number }) => ({
    deployment: instance.deployments[deployment]?.id ?? '',
    node: instance.nodes[node]?.id ?? ''
  })
  const placed = target.copies.flatMap((place, index) =>
    place === null ? [] : [name({ deployment: instance.copies[index]?.deployment ?? -1, node: place.node })]
  )
  const newNodes = instance.nodes
    .filter(({ purchase }) => purchase >= 0)
    .map(({ id, purchase }) => ({ id, type: problem.nodeTypes[purchase]?.type ?? '' }))
  const surroundings = { newNodes, headroom: target.headroom.map(name) }
  return brokenRules(problem, [...placed, ...target.newcomers.map(name)], surroundings).length === 0
}

const RUNGS = ['reorder', 'relabel', 'delay-release', 'hop', 'rent', 'stop-first', 'cut'] as const

function shuffle<Item>(items: readonly Item[], random: () => number): Item[] {
  return items
    .map((item) => ({ item, key: random() }))
    .sort((left, right) => left.key - right.key)
    .map(({ item }) => item)
}

function randomProblem(random: () => number): ProblemInput {
  const chance = (probability: number) => random() < probability
  const between = (low: number, high: number) => low + Math.floor(random() * (high - low + 1))
  const pick = <Item>(items: readonly Item[]) => items[Math.floor(random() * items.length)] as Item
  const withDevices = chance(0.5)
  const plain = chance(0.5)
  const rare = (probability: number) => !plain && chance(probability)
  const nodes = Array.from({ length: between(2, 6) }, (_, index) => ({
    id: `n${index}`,
    capacity: { cpu: between(3, 8), memory: between(4, 12), gpu: withDevices ? between(0, 4) : 0 },
    costPerHour: between(1, 9),
    labels: (rare(0.15) ? {} : { zone: pick(['a', 'b', 'c']) }) as Record<string, string>,
    releasable: !rare(0.1),
    acceptsReplicas: !rare(0.07),
    mustEmpty: rare(0.05)
  }))
  const deployments = Array.from({ length: between(1, 5) }, (_, index) => ({
    id: `d${index}`,
    demand: {
      cpu: between(1, 3),
      memory: between(0, 4),
      gpu: withDevices ? pick([0, 0, 0.25, 0.5, 0.5, 0.7, 1, 1, 2]) : 0
    },
    ...(rare(0.2) ? { startupDemand: { memory: between(2, 6) } } : {}),
    ...(rare(0.2) ? { maxReplicasPerNode: between(1, 2) } : {}),
    ...(rare(0.25) ? { maxSurge: between(1, 2) } : {}),
    ...(rare(0.2) ? { maxUnavailable: 1 } : {}),
    moveCost: between(1, 3),
    startupSeconds: pick([0, 10, 60]),
    drainSeconds: pick([0, 5, 30])
  }))
  const load = nodes.map(() => ({ cpu: 0, memory: 0, gpu: 0 }))
  const replicas: ProblemInput['replicas'] = []
  const live = new Map<string, number>()
  for (const { id, demand } of deployments) {
    for (let number = 0, wanted = between(1, 4); number < wanted; number++) {
      const replica = `${id}-${number}`
      const sloppy = rare(0.03)
      const options = nodes.flatMap((node, index) => {
        const { cpu, memory, gpu } = load[index] as (typeof load)[number]
        const fits =
          cpu + demand.cpu <= node.capacity.cpu &&
          memory + demand.memory <= node.capacity.memory &&
          gpu + demand.gpu <= node.capacity.gpu
        return fits || (sloppy && node.capacity.gpu >= demand.gpu) ? [index] : []
      })
      if (options.length === 0) continue
      if (rare(0.06)) {
        replicas.push({ id: replica, deployment: id, node: null })
        live.set(id, (live.get(id) ?? 0) + 1)
        continue
      }
      const node = pick(options)
      const held = load[node] as (typeof load)[number]
      held.cpu += demand.cpu
      held.memory += demand.memory
      held.gpu += demand.gpu
      const state = rare(0.05) ? 'draining' : rare(0.06) ? 'starting' : 'running'
      if (state !== 'draining') live.set(id, (live.get(id) ?? 0) + 1)
      replicas.push({
        id: replica,
        deployment: id,
        node: nodes[node]?.id ?? null,
        state,
        ...(state !== 'draining' && rare(0.06)
          ? { movable: false }
          : state === 'running' && rare(0.08)
            ? { gang: pick(['g', 'h']) }
            : {})
      })
    }
  }
  const ids = deployments.map(({ id }) => id)
  const some = () => ids.filter(() => chance(0.5))
  const rules: NonNullable<ProblemInput['rules']> = []
  if (rare(0.3))
    rules.push({
      kind: 'anti-affinity',
      deployments: [...new Set([pick(ids), ...some()])],
      topologyKey: pick(['node', 'zone']),
      max: between(1, 2)
    })
  if (rare(0.3) && ids.length > 1) {
    const left = some()
    const right = ids.filter((id) => !left.includes(id) && chance(0.7))
    if (left.length > 0 && right.length > 0)
      rules.push({ kind: 'conflict', between: [left, right], topologyKey: pick(['node', 'zone']) })
  }
  if (rare(0.15))
    rules.push({ kind: 'spread', deployments: [pick(ids)], topologyKey: 'zone', minDomains: 2, maxSkew: between(1, 2) })
  if (rare(0.1)) rules.push({ kind: 'affinity', deployments: [pick(ids)], topologyKey: 'zone' })
  if (rare(0.1))
    rules.push({ kind: 'at-least', deployments: [pick(ids)], count: 1, nodeSelector: { zone: ['a', 'b'] } })
  return {
    schemaVersion: 1,
    nodes,
    nodeTypes: rare(0.2)
      ? [{ type: 't', capacity: { cpu: 6, memory: 8, gpu: 2 }, costPerHour: 4, labels: { zone: 'a' }, maxNew: 2 }]
      : [],
    deployments: deployments.map((deployment) => {
      const count = live.get(deployment.id) ?? 0
      return rare(0.12) ? { ...deployment, replicas: Math.max(0, count + pick([-1, 1])) } : deployment
    }),
    replicas,
    rules,
    headroom: rare(0.15) ? [{ deployment: pick(ids), replicas: 1 }] : [],
    migration: {
      limits: {
        inFlight: pick([1, 2, 16, null]),
        startsPerNode: pick([1, 2, null]),
        perDeployment: pick([1, null])
      },
      deadlineSeconds: rare(0.1) ? pick([50, 100, 200]) : null,
      ...(rare(0.2) ? { level: 'final' as const } : {}),
      ...(chance(0.4) ? { rungs: shuffle(RUNGS, random).filter((rung) => rung === 'relabel' || chance(0.8)) } : {})
    }
  }
}

/** A random legal end: who stays, who is stopped, where the others go; null when the dice find none. */
function randomTarget(instance: Instance, limits: Limits, random: () => number): Target | null {
  const level = new Float64Array(limits.count)
  const fits = (held: Holding) =>
    held.opposed.every((counter) => level[counter] === 0) &&
    held.counters.every((counter, position) => {
      if (limits.isSurge(counter)) return true
      return (level[counter] as number) + (held.steady[position] as number) <= (limits.limit[counter] as number)
    })
  const hold = (held: Holding) => {
    for (const [position, counter] of held.counters.entries()) {
      level[counter] = (level[counter] as number) + (held.steady[position] as number)
    }
  }
  const shuffled = <Item>(items: readonly Item[]) => shuffle(items, random)
  const copies: (Place | null)[] = instance.copies.map(() => null)
  const leaving: number[] = []
  const surplus = instance.deployments.map((deployment) => deployment.surplus)
  const eager = random()
  const goingGangs = new Set(random() < 0.4 ? ['g'] : [])
  for (const { index, deployment, node, devices, state, gang, neverSurplus, hold: why } of shuffled(instance.copies)) {
    if (state === 'draining') continue
    if ((surplus[deployment] as number) > 0 && !neverSurplus && gang === undefined) {
      surplus[deployment] = (surplus[deployment] as number) - 1
      continue
    }
    const held = limits.holding(deployment, node, devices)
    const stays = why === 'pinned' || state === 'starting' || (gang !== undefined && !goingGangs.has(gang))
    const mustGo = (gang !== undefined && goingGangs.has(gang)) || instance.nodes[node]?.mustEmpty === true
    if (stays || (!mustGo && random() > eager && fits(held))) {
      if (!fits(held)) return null
      hold(held)
      copies[index] = { node, devices }
    } else leaving.push(index)
  }
  if (surplus.some((count) => count > 0)) return null
  const arrive = (deployment: number, except: number): Place | null => {
    for (const { index } of shuffled(instance.nodes)) {
      if (index === except || !mayStart(instance, deployment, index)) continue
      if (
        !fits(
          limits.holding(
            deployment,
            index,
            instance.deviceResources.map(() => [])
          )
        )
      )
        continue
      const packed = packOnto(instance, deviceLoads(instance, limits, level, index), [deployment])
      if (packed === null) continue
      const place = { node: index, devices: packed[0] as Place['devices'] }
      hold(limits.holding(deployment, index, place.devices))
      return place
    }
    return null
  }
  for (const index of leaving) {
    const { deployment, node, gang } = instance.copies[index] as Instance['copies'][number]
    const place = arrive(deployment, gang === undefined && random() < 0.2 ? -1 : node)
    if (place === null) return null
    copies[index] = place.node === node ? { node, devices: instance.copies[index]?.devices ?? [] } : place
    if (place.node === node && instance.deviceResources.length > 0) return null
  }
  const newcomers: Newcomer[] = []
  for (const { index, id, desired, placed, pending } of instance.deployments.slice(0, instance.realDeployments)) {
    for (let number = 0; number < desired - placed; number++) {
      const place = arrive(index, -1)
      if (place === null) return null
      newcomers.push({ id: pending[number] ?? `${id}-new-${number + 1}`, deployment: index, ...place })
    }
  }
  const headroom: Target['headroom'][number][] = []
  for (const { family, desired } of instance.deployments.slice(instance.realDeployments)) {
    for (let number = 0; number < desired; number++) {
      const place = arrive(family, -1)
      if (place === null) return null
      headroom.push({ deployment: family, ...place })
    }
  }
  return { copies, newcomers, headroom, unplaced: [] }
}
