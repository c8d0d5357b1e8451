import type { Problem } from '../../models/contract/problem.js'
import { compileInstance } from '../../models/instance/compile.js'

/** The Problem with the devices stated that are assumed for running copies: one assignment, made before anything is planned. */
export function stateDevices(problem: Problem): Problem {
  const { copies, deviceResources, resources } = compileInstance(problem)
  const assumed = new Map(copies.filter(({ devicesAssumed }) => devicesAssumed).map((copy) => [copy.id, copy]))
  return {
    ...problem,
    replicas: problem.replicas.map((replica) => {
      const copy = assumed.get(replica.id)
      if (copy === undefined) return replica
      const devices = Object.fromEntries(
        deviceResources.flatMap((resource, position) => {
          const held = copy.devices[position] as number[]
          return held.length > 0 ? [[resources[resource] as string, [...held].sort((a, b) => a - b)]] : []
        })
      )
      return { ...replica, devices }
    })
  }
}
