import { describeValue, formatPath } from './describe-input.js'
import type { InputIssue, ReportIssue } from './input-issues.js'
import { checkKnownResources } from './known-names.js'
import type { Problem } from './problem.js'

/**
 * What the shapes alone cannot say: unique and known ids and names, whole devices, options that exclude each other. Where nodes and
 * demand are yet to come (`isWhole` false), what only a whole Problem must have is not asked for.
 */
export function checkReferences(problem: Problem, isWhole = true): InputIssue[] {
  const issues: InputIssue[] = []
  const report: ReportIssue = (path, found, expected, hint) =>
    issues.push({ path, found, expected, ...(hint === undefined ? {} : { hint }) })
  checkUnique(problem, report)
  checkCapacities(problem, report)
  checkDeployments(problem, report)
  checkReplicas(problem, report)
  checkHeldDevices(problem, report)
  checkRules(problem, report)
  if (isWhole) checkKnownResources(problem, report)
  if (isWhole) checkSomethingToPlan(problem, report)
  return issues
}

/** Whether a resource comes in whole devices: as declared, or by name `gpu`. */
export function isDeviceResource(problem: Pick<Problem, 'resources'>, resource: string): boolean {
  const declared = Object.hasOwn(problem.resources, resource) ? problem.resources[resource] : undefined
  return declared === undefined ? resource === 'gpu' : declared.kind === 'device'
}

function checkUnique(problem: Problem, report: ReportIssue): void {
  const lists = [
    ['nodes', 'id', problem.nodes.map((node) => node.id)],
    ['nodeTypes', 'type', problem.nodeTypes.map((type) => type.type)],
    ['deployments', 'id', problem.deployments.map((deployment) => deployment.id)],
    ['replicas', 'id', problem.replicas.map((replica) => replica.id)]
  ] as const
  for (const [list, key, ids] of lists) {
    const first = new Map<string, number>()
    for (const [index, id] of ids.entries()) {
      const earlier = first.get(id)
      if (earlier === undefined) first.set(id, index)
      else report(`${list}[${index}].${key}`, describeValue(id), `an id of its own: ${list}[${earlier}] has this one`)
    }
  }
}

function checkCapacities(problem: Problem, report: ReportIssue): void {
  for (const list of ['nodes', 'nodeTypes'] as const) {
    for (const [index, holder] of problem[list].entries()) {
      for (const [resource, amount] of Object.entries(holder.capacity)) {
        if (!isDeviceResource(problem, resource)) continue
        if (Number.isInteger(amount) && amount <= 65_536) continue
        report(
          formatPath([list, index, 'capacity', resource]),
          String(amount),
          'a whole number of devices, at most 65536',
          `declare it as a plain sum with "resources": { ${JSON.stringify(resource)}: { "kind": "scalar" } }`
        )
      }
    }
  }
}

function checkDeployments(problem: Problem, report: ReportIssue): void {
  for (const [index, deployment] of problem.deployments.entries()) {
    const path = `deployments[${index}]`
    for (const [resource, amount] of Object.entries(deployment.demand)) {
      if (isDeviceResource(problem, resource) && amount > 1 && !Number.isInteger(amount)) {
        report(
          formatPath(['deployments', index, 'demand', resource]),
          String(amount),
          'a share of one device (at most 1) or a whole number of devices'
        )
      }
    }
    for (const [resource, amount] of Object.entries(deployment.startupDemand ?? {})) {
      if (isDeviceResource(problem, resource)) {
        report(
          formatPath(['deployments', index, 'startupDemand', resource]),
          String(amount),
          'scalar resources only: devices are held as in demand'
        )
      }
    }
    if (deployment.maxSurge === 0 && deployment.maxUnavailable === 0) {
      report(
        path,
        'maxSurge 0 and maxUnavailable 0',
        'one of them above 0',
        'with both at 0 no copy could ever be moved'
      )
    }
  }
}

function checkReplicas(problem: Problem, report: ReportIssue): void {
  const nodes = new Map(problem.nodes.map((node) => [node.id, node]))
  const deployments = new Map(problem.deployments.map((deployment) => [deployment.id, deployment]))
  const replicas = new Map(problem.replicas.map((replica) => [replica.id, replica]))
  for (const [index, replica] of problem.replicas.entries()) {
    const path = `replicas[${index}]`
    const deployment = deployments.get(replica.deployment)
    const node = replica.node === null ? undefined : nodes.get(replica.node)
    if (deployment === undefined) {
      report(`${path}.deployment`, describeValue(replica.deployment), 'the id of a deployment in "deployments"')
    }
    if (replica.node !== null && node === undefined) {
      report(`${path}.node`, describeValue(replica.node), 'the id of a node in "nodes", or null for a pending replica')
    }
    if (replica.node === null && replica.state !== 'running') {
      report(`${path}.state`, describeValue(replica.state), 'a node beside it: a pending replica has no state')
    }
    if (replica.node === null && replica.devices !== undefined) {
      report(`${path}.devices`, describeValue(replica.devices), 'no devices: a pending replica holds none')
    }
    if (replica.replaces !== undefined && replicas.get(replica.replaces)?.deployment !== replica.deployment) {
      report(`${path}.replaces`, describeValue(replica.replaces), 'the id of another replica of the same deployment')
    }
    if (replica.replaces === replica.id) {
      report(`${path}.replaces`, describeValue(replica.replaces), 'the id of another replica, not its own')
    }
    if (deployment === undefined || node === undefined) continue
    for (const [resource, indices] of Object.entries(replica.devices ?? {})) {
      const amount = amountOf(deployment.demand, resource)
      const capacity = amountOf(node.capacity, resource)
      const held = amount > 0 && amount < 1 ? 1 : amount
      const where = formatPath(['replicas', index, 'devices', resource])
      if (!isDeviceResource(problem, resource)) {
        report(where, describeValue(indices), 'a resource of kind "device"')
      } else if (indices.length !== held || new Set(indices).size !== indices.length) {
        report(where, describeValue(indices), `${held} different device indices, for a demand of ${amount}`)
      } else if (indices.some((device) => device >= capacity)) {
        report(
          where,
          describeValue(indices),
          `indices below ${capacity}, the devices of node ${describeValue(node.id)}`
        )
      }
    }
    for (const [resource, amount] of Object.entries(deployment.demand)) {
      if (replica.devices === undefined || amount === 0 || !isDeviceResource(problem, resource)) continue
      if (Object.hasOwn(replica.devices, resource)) continue
      report(
        `${path}.devices`,
        describeValue(replica.devices),
        `the devices of ${describeValue(resource)} too, or no devices at all`
      )
    }
  }
}

/** No copy runs on more devices than its node has; one that states its devices names some beyond them. */
function checkHeldDevices(problem: Problem, report: ReportIssue): void {
  const nodes = new Map(problem.nodes.map((node) => [node.id, node]))
  const deployments = new Map(problem.deployments.map((deployment, index) => [deployment.id, { deployment, index }]))
  const largest = (resource: string) =>
    [...problem.nodes, ...problem.nodeTypes].reduce(
      (most, { capacity }) => Math.max(most, amountOf(capacity, resource)),
      0
    )
  const named = new Set<string>()
  for (const [position, replica] of problem.replicas.entries()) {
    const node = nodes.get(replica.node ?? '')
    const known = deployments.get(replica.deployment)
    if (node === undefined || known === undefined || replica.devices !== undefined) continue
    for (const [resource, amount] of Object.entries(known.deployment.demand)) {
      const capacity = amountOf(node.capacity, resource)
      if (!isDeviceResource(problem, resource) || Math.ceil(amount) <= capacity) continue
      const most = largest(resource)
      const fits = Math.ceil(amount) <= most
      const path = fits ? `replicas[${position}].node` : formatPath(['deployments', known.index, 'demand', resource])
      if (named.size === named.add(path).size) continue
      if (fits) {
        const found = `${describeValue(node.id)}, which has ${capacity} ${resource}`
        const hint = 'a capacity counts every device that running copies hold'
        report(path, found, `a node with ${amount}, which the replica holds while it runs`, hint)
      } else report(path, String(amount), `at most ${most}, which the largest node has: replicas of it run already`)
    }
  }
}

function checkRules(problem: Problem, report: ReportIssue): void {
  const known = new Set(problem.deployments.map((deployment) => deployment.id))
  const checkKnown = (path: string, ids: readonly string[]) => {
    const seen = new Set<string>()
    for (const [index, id] of ids.entries()) {
      if (!known.has(id)) report(`${path}[${index}]`, describeValue(id), 'the id of a deployment in "deployments"')
      if (seen.size === seen.add(id).size) report(`${path}[${index}]`, describeValue(id), 'each deployment once')
    }
  }
  for (const [index, rule] of problem.rules.entries()) {
    const path = `rules[${index}]`
    if (rule.kind !== 'conflict') {
      checkKnown(`${path}.deployments`, rule.deployments)
      continue
    }
    for (const [side, ids] of rule.between.entries()) checkKnown(`${path}.between[${side}]`, ids)
    const right = new Set(rule.between[1])
    for (const id of rule.between[0]) {
      if (right.has(id)) report(`${path}.between`, describeValue(id), 'two sides that share no deployment')
    }
  }
  for (const [index, item] of problem.headroom.entries()) {
    if (known.has(item.deployment)) continue
    report(`headroom[${index}].deployment`, describeValue(item.deployment), 'the id of a deployment in "deployments"')
  }
}

/** More would not fit the memory of any machine that plans. */
const MOST_REPLICAS = 1_000_000

function checkSomethingToPlan(problem: Problem, report: ReportIssue): void {
  if (problem.nodes.length === 0 && problem.nodeTypes.length === 0) {
    report('nodes', 'an empty list', 'at least one node, or a node type that may be bought in "nodeTypes"')
  }
  let wanted = problem.replicas.length
  for (const [list, items] of [
    ['deployments', problem.deployments],
    ['headroom', problem.headroom]
  ] as const) {
    for (const [index, { replicas = 0 }] of items.entries()) {
      wanted += replicas
      if (wanted > MOST_REPLICAS && wanted - replicas <= MOST_REPLICAS)
        report(`${list}[${index}].replicas`, String(replicas), `at most ${MOST_REPLICAS} replicas in the whole file`)
    }
  }
  if (problem.replicas.length === 0 && problem.deployments.every((deployment) => (deployment.replicas ?? 0) === 0)) {
    report('replicas', 'an empty list', 'at least one replica that exists, or a deployment with "replicas" above 0')
  }
}

/** An amount by resource name; a resource left out counts 0. */
function amountOf(amounts: Readonly<Record<string, number>>, resource: string): number {
  return Object.hasOwn(amounts, resource) ? (amounts[resource] as number) : 0
}
