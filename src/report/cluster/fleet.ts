import {
  type Cluster,
  type ClusterDeployment,
  type ClusterNode,
  indexCluster
} from '../../../models/checker/cluster.js'
import type { Problem } from '../../../models/contract/problem.js'
import type { DeviceIndices } from '../../../models/contract/quantities.js'
import { isDeviceResource } from '../../../models/contract/references.js'
import type { Result } from '../../../models/contract/result.js'
import { type CountedCopy, loadNode, type NodeLoad, type Phase } from './node-load.js'

/** A copy on a node, before or after. */
export interface FleetCopy extends CountedCopy {
  readonly node: ClusterNode
}

/** A Problem and a Result, indexed. What a Result names and the Problem does not know is left out: the checker reports it. */
export interface Fleet {
  readonly problem: Problem
  readonly result: Result
  readonly cluster: Cluster
  /** Everything that exists before the first step. */
  readonly before: readonly FleetCopy[]
  /** Everything that is placed, and the room that is kept free. */
  readonly after: readonly FleetCopy[]
  /** The deployment of a replica, listed or new. */
  readonly deploymentOf: (replica: string, named?: string) => ClusterDeployment | undefined
  readonly load: (node: ClusterNode, copies: readonly CountedCopy[]) => NodeLoad
}

export function indexFleet(problem: Problem, result: Result): Fleet {
  const cluster = indexCluster(problem, result.newNodes, () => {})
  const named = new Map(result.placement.map(({ replica, deployment }) => [replica, deployment]))
  const deploymentOf = (replica: string, stated?: string) =>
    cluster.deployments.get(cluster.replicas.get(replica)?.deployment ?? stated ?? named.get(replica) ?? '')
  const copyOf = (
    replica: string | null,
    deployment: ClusterDeployment | undefined,
    nodeId: string,
    devices: DeviceIndices | undefined,
    phase: Phase
  ): FleetCopy[] => {
    const node = cluster.nodes.get(nodeId)
    return node === undefined || deployment === undefined ? [] : [{ replica, deployment, node, devices, phase }]
  }
  const assumed = new Map(result.assumedDevices.map(({ replica, devices }) => [replica, devices]))
  const before = problem.replicas.flatMap(({ id, node, devices, state }) =>
    node === null
      ? []
      : copyOf(id, deploymentOf(id), node, devices ?? assumed.get(id), state === 'running' ? 'ready' : state)
  )
  const placed = result.placement.flatMap(({ replica, deployment, node, devices }) =>
    copyOf(replica, deploymentOf(replica, deployment), node, devices, 'ready')
  )
  const room = result.headroom.flatMap(({ deployment, node, devices }) =>
    copyOf(null, cluster.deployments.get(deployment), node, devices, 'room')
  )
  const isDevice = (resource: string) => isDeviceResource(problem, resource)
  return {
    problem,
    result,
    cluster,
    before,
    after: [...placed, ...room],
    deploymentOf,
    load: (node, copies) => loadNode(node, copies, isDevice)
  }
}
