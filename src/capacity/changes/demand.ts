import * as z from 'zod'
import type { Problem, Replica } from '../../../models/contract/problem.js'
import { type ResourceAmounts, resourceAmounts } from '../../../models/contract/quantities.js'
import { isDeviceResource } from '../../../models/contract/references.js'
import type { ChangeKind } from './change-kind.js'
import { findDeployments } from './known-deployments.js'
import { joinParts, readNames, readNumber, readPairs, splitLast, writeNames } from './lines.js'
import { names } from './node-target.js'
import { pendingAgain } from './pending-again.js'

/**
 * Another shape of replicas. Those that run stay where they are and count with the new amounts, so that a node may be too full at first;
 * where a node does not even have the devices, its replicas are pending.
 */
export const demandChange = z.strictObject({
  kind: z.literal('demand'),
  deployments: names.describe('Ids of the deployments.'),
  demand: resourceAmounts.describe('Amounts that differ, by resource; the others stay.')
})
type DemandChange = z.infer<typeof demandChange>

export const demand: ChangeKind<DemandChange> = {
  form: 'demand:DEPLOYMENT,…:RESOURCE=AMOUNT,…',
  readLine(text) {
    const [who, what] = splitLast(text)
    const deployments = readNames(who)
    const pairs = readPairs(what)
    if (deployments === undefined || pairs === undefined) return undefined
    const amounts = [...pairs].map(([resource, amount]) => [resource, readNumber(amount)] as const)
    if (amounts.some(([, amount]) => amount === undefined)) return undefined
    return { deployments, demand: Object.fromEntries(amounts) }
  },
  writeLine({ deployments, demand }) {
    const amounts = Object.entries(demand)
    if (amounts.length === 0 || amounts.some(([resource]) => /[,=:]/.test(resource))) return undefined
    return joinParts(writeNames(deployments), amounts.map(([resource, amount]) => `${resource}=${amount}`).join(','))
  },
  apply(problem, change, report) {
    const reshaped = findDeployments(problem, change.deployments, report)
    const deployments = problem.deployments.map((one) =>
      reshaped.has(one.id) ? { ...one, demand: { ...one.demand, ...change.demand } } : one
    )
    const before = new Map(problem.deployments.map(({ id, demand }) => [id, demand]))
    const after = new Map(deployments.map(({ id, demand }) => [id, demand]))
    const capacities = new Map(problem.nodes.map(({ id, capacity }) => [id, capacity]))
    const replicas = problem.replicas.map((replica): Replica => {
      if (!reshaped.has(replica.deployment) || replica.node === null) return replica
      const held = devicesOf(problem, after.get(replica.deployment) ?? {})
      const capacity = new Map(Object.entries(capacities.get(replica.node) ?? {}))
      if ([...held].some(([resource, devices]) => devices > (capacity.get(resource) ?? 0))) return pendingAgain(replica)
      const former = devicesOf(problem, before.get(replica.deployment) ?? {})
      const isSame =
        held.size === former.size && [...held].every(([resource, devices]) => former.get(resource) === devices)
      if (isSame) return replica
      const { devices: _devices, ...rest } = replica
      return rest
    })
    return { ...problem, deployments, replicas }
  }
}

/** How many devices a replica holds, by resource. */
function devicesOf(problem: Problem, amounts: ResourceAmounts): Map<string, number> {
  const held = Object.entries(amounts).filter(([resource, amount]) => amount > 0 && isDeviceResource(problem, resource))
  return new Map(held.map(([resource, amount]) => [resource, Math.ceil(amount)]))
}
