import { expect, test } from 'vitest'
import { brokenRules, type PlacedCopy } from '../../../models/checker/broken-rules.js'
import { verifyPlacement } from '../../../models/checker/verify-placement.js'
import type { Problem } from '../../../models/contract/problem.js'
import type { DeviceIndices } from '../../../models/contract/quantities.js'
import { isDeviceResource } from '../../../models/contract/references.js'
import type { Result } from '../../../models/contract/result.js'
import { compact } from '../../../src/compact.js'
import { alternatives } from '../../../src/review/alternatives/alternatives.js'
import { randomProblem } from '../../brute-force/random-problem.js'
import { stateDevices } from '../../brute-force/state-devices.js'

const CASES = 100

/** A Result in which one replica ends elsewhere. */
function withReplicaOn(result: Result, replica: string, node: string, devices: DeviceIndices | undefined): Result {
  const { plan: _, ...rest } = result
  const placement = result.placement.map((entry) => {
    if (entry.replica !== replica) return entry
    const { devices: __, ...others } = entry
    return { ...others, node, ...(devices !== undefined && { devices }) }
  })
  return { ...rest, placement, plan: { status: 'complete', steps: [], makespanSeconds: 0 } }
}

/** What the checker says. Who of several alike goes where is not asked about, nor what more moves cost than are told. */
function faultsOf(problem: Problem, result: Result, migrations = Infinity): string[] {
  const codes = verifyPlacement(problem, result).map(({ code }) => code)
  const homes = new Map(problem.replicas.map(({ id, node }) => [id, node]))
  const moved = result.placement.filter(({ replica, node }) => (homes.get(replica) ?? node) !== node).length
  const isNeedless = codes.includes('naming') || moved > migrations
  return codes.filter((code) => code !== 'naming' && !(isNeedless && code === 'budget'))
}

/** Every choice of devices for a demand on a node. */
function choicesOfDevices(
  problem: Problem,
  deployment: string,
  capacity: Readonly<Record<string, number>>
): DeviceIndices[] {
  const { demand = {} } = problem.deployments.find(({ id }) => id === deployment) ?? {}
  let choices: DeviceIndices[] = [{}]
  for (const [resource, amount] of Object.entries(demand)) {
    if (amount <= 0 || !isDeviceResource(problem, resource)) continue
    const sets = subsets(capacity[resource] ?? 0, amount < 1 ? 1 : Math.round(amount))
    choices = choices.flatMap((choice) => sets.map((set) => ({ ...choice, [resource]: set })))
  }
  return choices
}

function subsets(devices: number, size: number, from = 0): number[][] {
  if (size === 0) return [[]]
  return Array.from({ length: Math.max(0, devices - from) }, (_, offset) => from + offset).flatMap((first) =>
    subsets(devices, size - 1, first + 1).map((rest) => [first, ...rest])
  )
}

/** A copy that is on a node now. */
function running({ deployment, node, devices }: Problem['replicas'][number]): PlacedCopy[] {
  return node === null ? [] : [{ deployment, node, devices }]
}

test('what is possible passes the checker at the cost that is told, what is forbidden does not', async () => {
  const seen = { possible: 0, forbidden: 0 }
  for (let seed = 7001; seed <= 7000 + CASES; seed++) {
    const problem = stateDevices(randomProblem(seed))
    // What the start breaks the checker lets stay broken, also by somebody else.
    if (brokenRules(problem, problem.replicas.flatMap(running)).length > 0) continue
    const result = await compact(problem, { solver: 'greedy', timeLimitMs: 1_000 })
    if (result.primalStatus === 'none' || result.violations.length > 0) continue
    if (faultsOf(problem, { ...result, plan: { status: 'complete', steps: [], makespanSeconds: 0 } }).length > 0)
      continue
    const costs = new Map([...problem.nodes, ...result.newNodes].map((node) => [node.id, node]))
    for (const { replica } of result.placement) {
      const answer = await alternatives(problem, result, replica, { limit: Infinity, check: 0, timeLimitMs: 60_000 })
      const homes = new Map(problem.replicas.map(({ id, node }) => [id, node]))
      const listed = problem.replicas.find(({ id }) => id === replica)
      for (const { node, type, costPerHour, migrations, devices, isHome } of answer.possible) {
        const about = `seed ${seed}, ${replica} on ${node}`
        const isBought = type !== undefined && !costs.has(node)
        const own = isHome ? (listed?.devices ?? devices) : devices
        const placed = withReplicaOn(result, replica, node, own)
        const newNodes = [...result.newNodes, ...(isBought ? [{ id: node, type }] : [])]
        const used = new Set([...placed.placement, ...placed.headroom].map((entry) => entry.node))
        const tried = { ...placed, newNodes: newNodes.filter(({ id }) => used.has(id)) }
        expect(faultsOf(problem, tried, migrations), about).toEqual([])
        const cost = [
          ...problem.nodes.filter(({ id, releasable }) => used.has(id) || !releasable),
          ...tried.newNodes.flatMap((one) => problem.nodeTypes.find((other) => other.type === one.type) ?? [])
        ].reduce((sum, one) => sum + one.costPerHour, 0)
        expect(costPerHour, about).toBeCloseTo(cost, 6)
        seen.possible++
      }
      for (const { node, type, isHome, limits } of answer.forbidden) {
        const about = `seed ${seed}, ${replica} on ${node}: ${limits.map(({ code }) => code).join()}`
        expect(
          limits.every(({ amount, message }) => amount > 0 && message !== ''),
          about
        ).toBe(true)
        // Gangs and who is starting are moved by nobody here, whatever the Problem allows; the gate is for whole Results to keep.
        if (limits.every(({ code }) => ['gang', 'starting', 'gate'].includes(code))) continue
        const capacity = (
          problem.nodes.find(({ id }) => id === node) ?? problem.nodeTypes.find((one) => one.type === type)
        )?.capacity
        const choices =
          isHome && homes.get(replica) === node && listed?.devices !== undefined
            ? [listed.devices]
            : choicesOfDevices(problem, answer.deployment, capacity ?? {})
        const newNodes =
          type !== undefined && !costs.has(node) ? [...result.newNodes, { id: node, type }] : result.newNodes
        const passes = choices.some((devices) => {
          const stated = Object.keys(devices).length === 0 ? undefined : devices
          return faultsOf(problem, { ...withReplicaOn(result, replica, node, stated), newNodes }).length === 0
        })
        expect(passes, about).toBe(false)
        seen.forbidden++
      }
    }
  }
  expect(Math.min(seen.possible, seen.forbidden)).toBeGreaterThan(CASES)
}, 120_000)
