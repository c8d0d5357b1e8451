import type { DeviceIndices } from '../../models/contract/quantities.js'
import type { Result } from '../../models/contract/result.js'
import type { Instance } from '../../models/instance/instance.js'
import type { Target } from '../../models/instance/packing.js'
import { readDevices } from '../result/adopt-placement.js'

/** Where a plan puts one replica. */
export interface PlannedReplica {
  readonly id: string
  /** Index of its deployment. */
  readonly deployment: number
  /** Index of its copy; −1 for one that runs nowhere yet. */
  readonly copy: number
  /** Index of the node on which it ends. */
  readonly node: number
  readonly devices: DeviceIndices | undefined
  /** Whether it starts there: it runs elsewhere now, or nowhere. */
  readonly starts: boolean
}

/** Where a plan puts every replica, by id. The Result must be one of the Problem, and the instance have adopted its nodes. */
export function plannedReplicas(
  instance: Instance,
  { placement }: Pick<Result, 'placement'>
): Map<string, PlannedReplica> {
  const nodes = new Map(instance.nodes.map(({ id, index }) => [id, index]))
  const copies = new Map(instance.copies.map((copy) => [copy.id, copy]))
  const owners = new Map(instance.problem.replicas.map(({ id, deployment }) => [id, deployment]))
  const deployments = new Map(instance.problem.deployments.map(({ id }, index) => [id, index]))
  const planned = placement.map(({ replica: id, deployment: owner, node: name, devices }): PlannedReplica => {
    const copy = copies.get(id)
    const node = nodes.get(name) as number
    const deployment = deployments.get(owners.get(id) ?? owner ?? '') as number
    return { id, deployment, copy: copy?.index ?? -1, node, devices, starts: copy?.node !== node }
  })
  return new Map(planned.map((replica) => [replica.id, replica]))
}

/** The end of a plan by indices, devices included. */
export function plannedTarget(
  instance: Instance,
  planned: ReadonlyMap<string, PlannedReplica>,
  { headroom, unplaced }: Pick<Result, 'headroom' | 'unplaced'>
): Target {
  const nodes = new Map(instance.nodes.map(({ id, index }) => [id, index]))
  const deployments = new Map(instance.problem.deployments.map(({ id }, index) => [id, index]))
  const placeOf = ({ node, devices }: PlannedReplica) => ({ node, devices: readDevices(instance, devices) })
  return {
    copies: instance.copies.map((copy) => {
      const own = planned.get(copy.id)
      if (own === undefined) return null
      return own.starts ? placeOf(own) : { node: copy.node, devices: copy.devices }
    }),
    newcomers: [...planned.values()].flatMap((own) =>
      own.copy < 0 ? [{ id: own.id, deployment: own.deployment, ...placeOf(own) }] : []
    ),
    headroom: headroom.map(({ deployment, node, devices }) => ({
      deployment: deployments.get(deployment) as number,
      node: nodes.get(node) as number,
      devices: readDevices(instance, devices)
    })),
    unplaced: unplaced.map(({ replica, deployment }) => ({
      id: replica,
      deployment: deployments.get(deployment) as number
    }))
  }
}
