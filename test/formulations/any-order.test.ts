import { expect, test } from 'vitest'
import { parseProblem } from '../../models/contract/parse.js'
import type { Problem } from '../../models/contract/problem.js'
import { type FormulationName, formulations } from '../../models/formulations/formulations.js'
import { anyOrderRows } from '../../models/formulations/linking-rows.js'
import { groupNodes } from '../../models/formulations/node-contents.js'
import { formulatePatterns, groupByKind } from '../../models/formulations/pattern-problem.js'
import { compileInstance } from '../../models/instance/compile.js'
import { seededRandom } from '../../src/random.js'
import { fitsInAnyOrder } from '../brute-force/any-order.js'
import { visitPlacements } from '../brute-force/enumerate-placements.js'
import { solveLevels } from './solve-levels.js'

/** A tiny full cluster of one resource and startup peaks, at the level `any-order`. */
function tightProblem(seed: number): Problem {
  const random = seededRandom(seed)
  const between = (low: number, high: number) => low + Math.floor(random() * (high - low + 1))
  const nodes = Array.from({ length: 3 }, (_, index) => ({
    id: `n${index}`,
    capacity: { cpu: between(3, 6) },
    costPerHour: between(1, 5)
  }))
  const deployments = Array.from({ length: 3 }, (_, index) => ({
    id: `d${index}`,
    demand: { cpu: between(1, 3) },
    ...(random() < 0.3 ? { startupDemand: { cpu: between(1, 4) } } : {})
  }))
  const room = nodes.map(({ capacity }) => capacity.cpu)
  const replicas = Array.from({ length: between(2, 4) }, (_, index) => {
    const deployment = deployments[between(0, 2)] as (typeof deployments)[number]
    const node = room.findIndex((left) => left >= deployment.demand.cpu)
    if (node >= 0) room[node] = (room[node] as number) - deployment.demand.cpu
    const state = node >= 0 && random() < 0.15 ? ('draining' as const) : ('running' as const)
    return { id: `r${index}`, deployment: deployment.id, node: node < 0 ? null : `n${node}`, state }
  })
  return parseProblem({ schemaVersion: 1, nodes, deployments, replicas, migration: { level: 'any-order' } })
}

/** Whether the moves to a placement are safe in any order. */
function isSafeInAnyOrder(problem: Problem, placement: readonly { readonly replica: string; readonly node: string }[]) {
  const listed = new Map(problem.replicas.map((replica) => [replica.id, replica]))
  const arrivals = placement.flatMap(({ replica, node }) => {
    const { node: home, deployment = '' } = listed.get(replica) ?? {}
    return home === node ? [] : [{ deployment, node }]
  })
  return fitsInAnyOrder(problem, arrivals)
}

/** All placements, whatever order they need. */
const unordered = (problem: Problem): Problem => ({
  ...problem,
  migration: { ...problem.migration, level: 'sequenced' }
})

/** The least cost of a legal placement that is safe in any order, and how many of the legal ones are not; null: none is. */
function enumerate(problem: Problem) {
  let least = Infinity
  let unsafe = 0
  const safe: { readonly replica: string; readonly node: string }[][] = []
  visitPlacements(unordered(problem), ({ total, placement }) => {
    if (!isSafeInAnyOrder(problem, placement.placement)) unsafe++
    else {
      least = Math.min(least, total)
      safe.push([...placement.placement])
    }
  })
  return { least, unsafe, safe }
}

test.each(Object.keys(formulations) as FormulationName[])(
  '%s has the optimum of what is safe in any order',
  async (name) => {
    let binding = 0
    for (let seed = 1; seed <= 60; seed++) {
      const problem = tightProblem(seed)
      const { least, unsafe } = enumerate(problem)
      const instance = compileInstance(problem)
      const optima = await solveLevels(instance, formulations[name](instance))
      expect({ seed, total: optima?.values.get('total') ?? Infinity }).toEqual({
        seed,
        total: expect.closeTo(least, 6)
      })
      if (unsafe > 0) binding++
    }
    expect(binding).toBeGreaterThan(20)
  }
)

test('what is safe in any order satisfies the rows that patterns are linked by, which others break', () => {
  let broken = 0
  for (let seed = 1; seed <= 60; seed++) {
    const problem = tightProblem(seed)
    const instance = compileInstance(problem)
    const kinds = groupByKind(instance)
    const groups = groupNodes(instance)
    const rows = anyOrderRows(instance, kinds, groups)
    expect(formulatePatterns(instance, true).linkLeast.length).toBeGreaterThanOrEqual(rows.length)
    const nodeOf = new Map(instance.nodes.map(({ id, kind }) => [id, kind]))
    const deploymentOf = new Map(problem.replicas.map(({ id, deployment }) => [id, deployment]))
    const indexOf = new Map(instance.deployments.map(({ id, index }) => [id, index]))
    const holds = (placement: readonly { readonly replica: string; readonly node: string }[]) => {
      const at = new Map(placement.map(({ replica, node }) => [replica, node]))
      return rows.every(({ least, stay, copy }) => {
        const copies = placement.reduce((sum, { replica, node }) => {
          const deployment = indexOf.get(deploymentOf.get(replica) as string) as number
          return sum + (copy?.(nodeOf.get(node) as number, deployment) ?? 0)
        }, 0)
        // Nodes of a group have the same residents: those of the first stand for all.
        const stays = groups.reduce((sum, { residents, nodes }) => {
          const here = instance.copies.filter(
            ({ id, node }) => nodes.includes(node) && at.get(id) === instance.nodes[node]?.id
          )
          return residents.reduce((total, resident) => {
            const kept = here.filter(({ deployment }) => deployment === resident.deployment).length
            return total + kept * (stay?.(resident) ?? 0)
          }, sum)
        }, 0)
        return copies + stays >= least - 1e-9
      })
    }
    visitPlacements(unordered(problem), ({ placement }) => {
      const isSafe = isSafeInAnyOrder(problem, placement.placement)
      if (isSafe) expect({ seed, holds: holds(placement.placement) }).toEqual({ seed, holds: true })
      else if (!holds(placement.placement)) broken++
    })
  }
  expect(broken).toBeGreaterThan(50)
})
