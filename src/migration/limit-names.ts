import type { LimitFunding } from '../../models/contract/plan.js'
import type { Instance } from '../../models/instance/instance.js'
import type { LimitLocation } from './limit-numbers.js'

/** A limit in words, for people, and the nodes it concerns. */
export function describeLimit(
  instance: Instance,
  location: LimitLocation
): { readonly limit: string; readonly nodes: readonly number[] } {
  const { nodes, resources, deployments, counters, conflicts } = instance
  const nameOf = (node: number) => nodes[node]?.id ?? ''
  switch (location.kind) {
    case 'capacity':
      return { limit: `${resources[location.resource]} of ${nameOf(location.node)}`, nodes: [location.node] }
    case 'devices':
      return { limit: 'devices', nodes: [] }
    case 'max-replicas-per-node':
      return { limit: `maxReplicasPerNode on ${nameOf(location.node)}`, nodes: [location.node] }
    case 'anti-affinity': {
      const { rule, domain, nodes: concerned } = counters[location.index] as Instance['counters'][number]
      return { limit: `rules[${rule}] (anti-affinity) in ${domain}`, nodes: concerned }
    }
    case 'conflict': {
      const { rule, domain, nodes: concerned } = conflicts[location.index] as Instance['conflicts'][number]
      return { limit: `rules[${rule}] (conflict) in ${domain}`, nodes: concerned }
    }
    case 'surge':
      return { limit: `maxSurge of ${deployments[location.deployment]?.id}`, nodes: [] }
    case 'availability':
      return { limit: `maxUnavailable of ${deployments[location.deployment]?.id}`, nodes: [] }
  }
}

/** A limit by the name that the checker gives it; undefined for conflicts, of which nothing is paid. */
export function nameLimit(instance: Instance, location: LimitLocation): Omit<LimitFunding, 'payments'> | undefined {
  const { nodes, resources, deployments, counters } = instance
  const named = (where: string, subject: string) => ({ code: location.kind, where, subject })
  switch (location.kind) {
    case 'capacity': {
      const where = nodes[location.node]?.id ?? ''
      return named(where, `${resources[location.resource]} on ${where}`)
    }
    case 'devices': {
      const where = nodes[location.node]?.id ?? ''
      return named(where, `device ${location.device} of ${resources[location.resource]} on ${where}`)
    }
    case 'max-replicas-per-node': {
      const where = nodes[location.node]?.id ?? ''
      return named(where, `replicas of ${deployments[location.deployment]?.id} on ${where}`)
    }
    case 'anti-affinity': {
      const { rule, domain } = counters[location.index] as Instance['counters'][number]
      return named(domain, `members of rules[${rule}] in ${domain}`)
    }
    case 'conflict':
      return undefined
    case 'surge': {
      const where = deployments[location.deployment]?.id ?? ''
      return named(where, `copies of ${where}`)
    }
    case 'availability': {
      const where = deployments[location.deployment]?.id ?? ''
      return named(where, `ready copies of ${where}, counted down`)
    }
  }
}
