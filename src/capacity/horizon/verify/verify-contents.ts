import { verifyPlacement } from '../../../../models/checker/verify-placement.js'
import { parseProblem } from '../../../../models/contract/parse.js'
import type { Problem } from '../../../../models/contract/problem.js'
import { isDeviceResource } from '../../../../models/contract/references.js'
import type { Rule } from '../../../../models/contract/rules.js'
import type { Study } from '../../../../models/contract/study.js'
import { packDevices } from '../../../../models/devices/device-packing.js'
import { problemAt } from '../../study/problem-at.js'
import type { NodeContents } from '../horizon-answer.js'
import type { Offer } from './offers.js'

/** What is wrong with the contents of one node: the checker of placements looks at it, as a Problem of its own. */
export function verifyContents(study: Study, offer: Offer, contents: NodeContents): string[] {
  const { type, replicas, headroom = {} } = contents
  const counts = new Map(Object.entries(replicas))
  // What there must still be room for is there as well.
  for (const [id, copies] of Object.entries(headroom)) counts.set(id, (counts.get(id) ?? 0) + copies)
  const { deployments, resources } = problemAt(study, counts)
  const here = deployments.filter(({ id }) => (counts.get(id) ?? 0) > 0)
  if (here.length === 0) return []
  const copies = here.flatMap(({ id, demand }) =>
    Array.from({ length: counts.get(id) as number }, (_, index) => ({
      replica: `${id} ${index}`,
      deployment: id,
      demand
    }))
  )
  const problem = parseProblem({
    schemaVersion: 1,
    resources,
    nodes: [{ id: 'node', capacity: offer.capacity, labels: offer.labels, costPerHour: 0 }],
    deployments: here,
    replicas: copies.map(({ replica, deployment }) => ({ id: replica, deployment, node: null })),
    rules: rulesOnNode(study, new Set(here.map(({ id }) => id)))
  })
  const devices = seatDevices(
    problem,
    copies.map(({ demand }) => demand)
  )
  const placement = copies.map(({ replica }, index) => ({ replica, node: 'node', devices: devices[index] ?? {} }))
  return verifyPlacement(problem, { placement, newNodes: [], headroom: [], assumedDevices: [] }).map(
    ({ message }) => `${type} with ${JSON.stringify(replicas)}: ${message}`
  )
}

/** The rules that can be broken on one node, for those that are on it. */
function rulesOnNode({ rules }: Study, members: ReadonlySet<string>): Rule[] {
  const present = (ids: readonly string[]) => ids.filter((id) => members.has(id))
  return rules.flatMap((rule): Rule[] => {
    if (rule.kind === 'anti-affinity') {
      const deployments = present(rule.deployments)
      return deployments.length === 0 ? [] : [{ ...rule, deployments }]
    }
    if (rule.kind !== 'conflict') return []
    const [left, right] = [present(rule.between[0]), present(rule.between[1])]
    return left.length === 0 || right.length === 0 ? [] : [{ ...rule, between: [left, right] }]
  })
}

/** Devices for each demand, by resource. Where none fit the list is empty, which the checker will say. */
function seatDevices(problem: Problem, demands: readonly Record<string, number>[]): Record<string, number[]>[] {
  const seats: Record<string, number[]>[] = demands.map(() => ({}))
  for (const name of new Set(demands.flatMap((demand) => Object.keys(demand)))) {
    if (!isDeviceResource(problem, name)) continue
    const amounts = demands.map((demand) => demand[name] ?? 0)
    const packed = packDevices(new Float64Array(problem.nodes[0]?.capacity[name] ?? 0), amounts)
    for (const [index, seat] of seats.entries()) if ((amounts[index] as number) > 0) seat[name] = packed?.[index] ?? []
  }
  return seats
}
