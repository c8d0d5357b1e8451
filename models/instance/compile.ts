import type { Problem } from '../contract/problem.js'
import type { Labels, ResourceAmounts } from '../contract/quantities.js'
import { isDeviceResource } from '../contract/references.js'
import { appendTo } from '../grouping.js'
import { assumeDevices } from './assume-devices.js'
import { compileRules } from './compile-rules.js'
import type { Hold, Instance, InstanceCopy, InstanceDeployment, InstanceNode } from './instance.js'
import { isLegal } from './instance.js'
import { labelOf, matchesSelector } from './selector.js'

/** Budgets that a caller adds to the Problem's own; the smaller counts. */
export interface BudgetOverride {
  readonly maxMigrations?: number
  readonly maxMoveCost?: number
}

/**
 * Compiles a validated Problem. Nodes are alike by the labels that a selector or a rule names; `every`: by all of them, for whoever names
 * labels outside of the Problem.
 */
export function compileInstance(
  problem: Problem,
  override: BudgetOverride = {},
  labels: 'named' | 'every' = 'named'
): Instance {
  const resources = resourceNames(problem)
  const isDevice = resources.map((resource) => isDeviceResource(problem, resource))
  const deviceResources = resources.flatMap((_, index) => (isDevice[index] === true ? [index] : []))
  const toVector = (amounts: ResourceAmounts) => Float64Array.from(resources, (resource) => amountOf(amounts, resource))
  const copies = compileCopies(problem, resources, deviceResources)
  const deployments = compileDeployments(problem, copies, toVector)
  const names = labels === 'every' ? everyLabel(problem) : namedLabels(problem)
  const nodes = compileNodes(problem, copies, deployments, names, toVector)
  const realDeployments = problem.deployments.length
  const eligible = new Uint8Array(deployments.length * nodes.length)
  for (const deployment of deployments) {
    const selector = (problem.deployments[deployment.family] as Problem['deployments'][number]).nodeSelector
    // Nodes of a kind are alike in all that counts here.
    const fitsKind = new Map<number, 0 | 1>()
    for (const node of nodes) {
      let fits = fitsKind.get(node.kind)
      if (fits === undefined) {
        const admits =
          node.open &&
          matchesSelector(selector, node.labels) &&
          fitsEmpty(deployment.demand, node.capacity) &&
          fitsEmpty(deployment.startupDemand, node.capacity)
        fits = admits ? 1 : 0
        fitsKind.set(node.kind, fits)
      }
      eligible[deployment.index * nodes.length + node.index] = fits
    }
  }
  return {
    problem,
    resources,
    isDevice,
    deviceResources,
    nodes,
    listedNodes: problem.nodes.length,
    deployments,
    realDeployments,
    copies: assumeDevices(copies, nodes, deployments, deviceResources),
    ...compileRules(problem, nodes, deployments),
    eligible,
    budget: {
      migrations: Math.min(problem.budget.maxMigrations ?? Infinity, override.maxMigrations ?? Infinity),
      moveCost: Math.min(problem.budget.maxMoveCost ?? Infinity, override.maxMoveCost ?? Infinity),
      perDeployment: problem.budget.maxMigrationsPerDeployment ?? Infinity
    }
  }
}

function fitsEmpty(demand: Float64Array, capacity: Float64Array): boolean {
  return demand.every((amount, resource) => amount === 0 || isLegal(amount, capacity[resource] as number))
}

function amountOf(amounts: ResourceAmounts, resource: string): number {
  return Object.hasOwn(amounts, resource) ? (amounts[resource] as number) : 0
}

/** Every resource that somebody demands; what nobody demands cannot bind. */
function resourceNames(problem: Problem): string[] {
  const names = new Set<string>()
  for (const { demand, startupDemand } of problem.deployments) {
    for (const amounts of [demand, startupDemand ?? {}]) {
      for (const [resource, amount] of Object.entries(amounts)) if (amount > 0) names.add(resource)
    }
  }
  return [...names].sort()
}

function compileCopies(
  problem: Problem,
  resources: readonly string[],
  deviceResources: readonly number[]
): InstanceCopy[] {
  const deploymentIndex = new Map(problem.deployments.map(({ id }, index) => [id, index]))
  const nodeIndex = new Map(problem.nodes.map(({ id }, index) => [id, index]))
  const pinned = countPinned(problem)
  const copies: InstanceCopy[] = []
  for (const replica of problem.replicas) {
    if (replica.node === null) continue
    const deployment = deploymentIndex.get(replica.deployment) as number
    const defaults = problem.deployments[deployment] as Problem['deployments'][number]
    const movable = replica.movable ?? defaults.movable
    const held = replica.devices
    copies.push({
      index: copies.length,
      id: replica.id,
      deployment,
      node: nodeIndex.get(replica.node) as number,
      state: replica.state,
      hold: holdOf(movable, replica.gang, replica.state),
      // Where more are pinned with their deployment than are wanted, a surplus must still be taken from somebody.
      neverSurplus:
        replica.movable === false || (!movable && (pinned.get(defaults.id) ?? 0) <= (defaults.replicas ?? Infinity)),
      moveCost: replica.moveCost ?? defaults.moveCost,
      devices: deviceResources.map((resource) => {
        const name = resources[resource] as string
        return held !== undefined && Object.hasOwn(held, name) ? (held[name] as number[]) : []
      }),
      devicesAssumed: held === undefined,
      gang: replica.gang,
      replaces: replica.replaces
    })
  }
  return copies
}

/** Pinned copies by deployment, draining ones apart. */
function countPinned({ deployments, replicas }: Problem): Map<string, number> {
  const isPinned = new Map(deployments.map(({ id, movable }) => [id, !movable]))
  const counts = new Map<string, number>()
  for (const { deployment, node, state, movable } of replicas) {
    if (node === null || state === 'draining') continue
    const pinned = movable === undefined ? isPinned.get(deployment) : !movable
    if (pinned === true) counts.set(deployment, (counts.get(deployment) ?? 0) + 1)
  }
  return counts
}

/** Gangs and copies that are starting are moved by nobody yet: they stay, and the Result says so. */
function holdOf(movable: boolean, gang: string | undefined, state: InstanceCopy['state']): Hold {
  if (!movable) return 'pinned'
  if (gang !== undefined) return 'gang'
  return state === 'starting' ? 'starting' : 'none'
}

function compileDeployments(
  problem: Problem,
  copies: readonly InstanceCopy[],
  toVector: (amounts: ResourceAmounts) => Float64Array
): InstanceDeployment[] {
  const placed = new Array<number>(problem.deployments.length).fill(0)
  for (const copy of copies)
    if (copy.state !== 'draining') placed[copy.deployment] = (placed[copy.deployment] as number) + 1
  const pending = new Map<string, string[]>()
  for (const replica of problem.replicas) {
    if (replica.node !== null) continue
    appendTo(pending, replica.deployment, replica.id)
  }
  const real = problem.deployments.map((deployment, index): InstanceDeployment => {
    const waiting = pending.get(deployment.id) ?? []
    const running = placed[index] as number
    const desired = deployment.replicas ?? running + waiting.length
    return {
      index,
      id: deployment.id,
      family: index,
      isHeadroom: false,
      demand: toVector(deployment.demand),
      startupDemand: toVector({ ...deployment.demand, ...deployment.startupDemand }),
      desired,
      placed: running,
      surplus: Math.max(0, running - desired),
      migrated: 0,
      pending: waiting,
      priority: deployment.priority,
      maxReplicasPerNode: deployment.maxReplicasPerNode ?? Infinity,
      maxSurge: deployment.maxSurge ?? Infinity,
      maxUnavailable: deployment.maxUnavailable,
      startupSeconds: deployment.startupSeconds,
      drainSeconds: deployment.drainSeconds
    }
  })
  const wanted = new Map<string, number>()
  for (const { deployment, replicas } of problem.headroom)
    wanted.set(deployment, (wanted.get(deployment) ?? 0) + replicas)
  for (const [id, desired] of wanted) {
    const parent = real.find((deployment) => deployment.id === id) as InstanceDeployment
    if (desired === 0) continue
    real.push({ ...parent, index: real.length, isHeadroom: true, desired, placed: 0, surplus: 0, pending: [] })
  }
  return real
}

function compileNodes(
  problem: Problem,
  copies: readonly InstanceCopy[],
  deployments: readonly InstanceDeployment[],
  names: readonly string[],
  toVector: (amounts: ResourceAmounts) => Float64Array
): InstanceNode[] {
  const nodes: InstanceNode[] = []
  const named = (labels: Labels) => names.map((name) => labelOf(labels, name) ?? null)
  const kinds = new Map<string, number>()
  const kindOf = (...traits: unknown[]) => {
    const key = JSON.stringify(traits)
    const kind = kinds.get(key) ?? kinds.size
    kinds.set(key, kind)
    return kind
  }
  const copiesOf = problem.nodes.map(() => [] as number[])
  for (const copy of copies) (copiesOf[copy.node] as number[]).push(copy.index)
  for (const [index, node] of problem.nodes.entries()) {
    const capacity = toVector(node.capacity)
    const releasable =
      node.releasable &&
      !(copiesOf[index] as number[]).some((copy) => staysForGood(copies[copy] as InstanceCopy, deployments))
    const open = node.acceptsReplicas && !node.mustEmpty
    nodes.push({
      index,
      id: node.id,
      purchase: -1,
      capacity,
      costPerHour: node.costPerHour,
      labels: node.labels,
      releasable,
      open,
      mustEmpty: node.mustEmpty,
      copies: copiesOf[index] as number[],
      kind: kindOf([...capacity], node.costPerHour, named(node.labels), releasable, open, node.mustEmpty, -1)
    })
  }
  const taken = new Set(problem.nodes.map(({ id }) => id))
  const mostUseful = deployments.reduce((sum, deployment) => sum + deployment.desired, 0)
  for (const [purchase, type] of problem.nodeTypes.entries()) {
    const capacity = toVector(type.capacity)
    // A type of which none may be bought is no kind of node.
    const kind =
      type.maxNew === 0 ? -1 : kindOf([...capacity], type.costPerHour, named(type.labels), true, true, false, purchase)
    for (let number = 1, bought = 0; bought < Math.min(type.maxNew, mostUseful); number++) {
      const id = `new-${type.type}-${number}`
      if (taken.has(id)) continue
      bought++
      nodes.push({
        index: nodes.length,
        id,
        purchase,
        capacity,
        costPerHour: type.costPerHour,
        labels: type.labels,
        releasable: true,
        open: true,
        mustEmpty: false,
        copies: [],
        kind
      })
    }
  }
  return nodes
}

/** A pinned copy that is nobody's surplus: its node is active whatever happens, so its cost is paid like that of a head node. */
function staysForGood(
  { hold, state, neverSurplus, deployment }: InstanceCopy,
  deployments: readonly InstanceDeployment[]
): boolean {
  const { surplus } = deployments[deployment] as InstanceDeployment
  return hold === 'pinned' && state !== 'draining' && (neverSurplus || surplus === 0)
}

/** Labels that a selector or a rule names: by no other label do nodes differ in what they may host. */
function namedLabels({ deployments, rules }: Problem): string[] {
  const selectors = [
    ...deployments.map(({ nodeSelector }) => nodeSelector),
    ...rules.map((rule) => (rule.kind === 'at-least' ? rule.nodeSelector : { [rule.topologyKey]: [] }))
  ]
  return [...new Set(selectors.flatMap((selector) => Object.keys(selector)))].sort()
}

function everyLabel({ nodes, nodeTypes }: Problem): string[] {
  return [...new Set([...nodes, ...nodeTypes].flatMap(({ labels }) => Object.keys(labels)))].sort()
}
