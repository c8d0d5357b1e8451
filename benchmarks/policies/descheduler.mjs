/**
 * The strategy HighNodeUtilization of the Kubernetes descheduler, beside a scheduler that scores MostAllocated: pods are evicted
 * from nodes that are little used, one by one, and the scheduler places them wherever they make a node fullest. An autoscaler
 * beside them releases what is idle, so that idle nodes take no pods.
 *
 * More generous than the original: a pod is evicted only if the scheduler puts it on a node that is then fuller than the one that it
 * left was, which is also why this comes to an end; and the scheduler has a plug-in that shares GPUs.
 *
 * Who is little used is decided by the resources that its documentation sets thresholds for: cores and memory (and the number of
 * pods, which is left out here). GPUs are not asked, as it sets none for extended resources: a node with few cores in use is little
 * used even where all its GPUs are taken. Only a node with neither cores nor memory is judged by all that it has.
 */
import { at } from '../families/crowd.mjs'
import { listCandidates } from './cluster/candidates.mjs'
import { replicasOn } from './cluster/evacuation.mjs'
import { host, mayHost } from './cluster/hosting.mjs'
import { refuseOtherCounts } from './cluster/refusals.mjs'
import { basicSharesInUse, fullness, isBasic, ROUNDING } from './cluster/utilisation.mjs'

/** @import { PackingState } from '../../dist/src/search/packing-state.js' */
/** @import { Replica } from './cluster/evacuation.mjs' */
/** @import { Account, Limits, Policy } from './policies.mjs' */

/** The threshold of its documentation, for cores and for memory. */
const THRESHOLD = 0.2

/** @type {Policy} */
export const descheduler = {
  name: 'descheduler',
  description:
    'Kubernetes descheduler, HighNodeUtilization: evicts from nodes with at most a fifth of cores and memory requested, and a MostAllocated scheduler places.',
  refuses: refuseOtherCounts,
  run: deschedule
}

/** @type {(state: PackingState, limits: Limits) => Account} */
function deschedule(state, { maxMoves, isLate }) {
  const account = { starts: 0, rounds: 0, hangs: 0, isFixedPoint: false }
  for (let evicted = -1; evicted !== 0; ) {
    evicted = 0
    account.rounds++
    // Who is little used is found out once for the whole pass.
    for (const node of listSources(state)) {
      if (isLate()) return account
      for (const replica of replicasOn(state, node).sort(byPriority(state))) {
        if (account.starts >= maxMoves) return { ...account, isFixedPoint: true }
        if (!evict(state, replica, node)) continue
        account.starts++
        evicted++
      }
    }
  }
  return { ...account, isFixedPoint: true }
}

/** Those with the lowest priority are evicted first. @type {(state: PackingState) => (left: { deployment: number }, right: { deployment: number }) => number} */
function byPriority({ instance: { deployments } }) {
  return (left, right) => at(deployments, left.deployment).priority - at(deployments, right.deployment).priority
}

/** The nodes to evict from, the least used first; none where all are little used, since nobody would take their pods. @type {(state: PackingState) => number[]} */
function listSources(state) {
  const active = [...state.instance.nodes.keys()].filter((node) => state.isActive(node))
  if (active.every((node) => isLittleUsed(state, node))) return []
  const usage = new Map(active.map((node) => [node, fullness(state, node)]))
  return listCandidates(state)
    .filter((node) => isLittleUsed(state, node))
    .sort((left, right) => (usage.get(left) ?? 0) - (usage.get(right) ?? 0) || left - right)
}

/** At most a fifth is requested, of cores and of memory. @type {(state: PackingState, node: number) => boolean} */
function isLittleUsed(state, node) {
  return basicSharesInUse(state, node).every(({ share }) => share <= THRESHOLD + ROUNDING)
}

/** Evicts a pod if it goes to a fuller node; where it does not, nothing happens. @type {(state: PackingState, replica: Replica, node: number) => boolean} */
function evict(state, { deployment, leave }, node) {
  const mark = state.mark()
  const before = fullness(state, node)
  leave()
  const destination = schedule(state, deployment, node)
  if (destination >= 0) host(state, deployment, destination)
  const isBetter = destination >= 0 && fullness(state, destination) > before + ROUNDING
  if (!isBetter) state.rollBack(mark)
  return isBetter
}

/** The other node where a pod makes the most of what is allocated; −1: there is none. @type {(state: PackingState, deployment: number, left: number) => number} */
function schedule(state, deployment, left) {
  let best = -1
  let most = -1
  for (const node of state.instance.nodes.keys()) {
    if (node === left || !state.isActive(node)) continue
    const allocated = allocatedWith(state, deployment, node)
    if (allocated <= most || !mayHost(state, deployment, node)) continue
    best = node
    most = allocated
  }
  return best
}

/**
 * The score of MostAllocated: the mean of the requested shares of cores and memory, and of every other resource that the pod asks
 * for, if it were there.
 *
 * @type {(state: PackingState, deployment: number, node: number) => number}
 */
function allocatedWith(state, deployment, node) {
  const { resources, nodes, deployments } = state.instance
  const { capacity } = at(nodes, node)
  const { demand } = at(deployments, deployment)
  let sum = 0
  let counted = 0
  for (const [resource, amount] of demand.entries()) {
    const total = capacity[resource] ?? 0
    if (total === 0 || (amount === 0 && !isBasic(at(resources, resource)))) continue
    sum += 1 - (state.free(node, resource) - amount) / total
    counted++
  }
  return counted === 0 ? 0 : sum / counted
}
