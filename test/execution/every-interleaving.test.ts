import { expect, test } from 'vitest'
import type { MigrationLimits } from '../../models/contract/migration-options.js'
import type { PlannedCase } from './random-execution.js'
import { CALM, makeWorld, plannedCase, runIn, type World } from './random-execution.js'

/** Watches the run-time limits from outside: who is starting where, who has two copies. */
function watchLimits({ cluster, model }: World, { instance }: PlannedCase, limits: MigrationLimits): string[] {
  const broken: string[] = []
  const given = new Set(cluster.copies.keys())
  const deploymentOf = new Map(instance.copies.map(({ id, deployment }) => [id, deployment]))
  const check = cluster.onChange
  cluster.onChange = () => {
    check?.()
    const starting = new Map<string, number>()
    const flying = new Map<string, number>()
    for (const [key, state] of cluster.copies) {
      const [replica, node] = JSON.parse(key)
      if (given.has(key)) continue
      if (state === 'starting') starting.set(node, (starting.get(node) ?? 0) + 1)
      if (cluster.hostsOf(replica).length > 1) flying.set(replica, deploymentOf.get(replica) ?? -1)
    }
    const alike = [...flying.values()].map((one) => [...flying.values()].filter((other) => other === one).length)
    if (Math.max(0, ...starting.values()) > (limits.startsPerNode ?? Infinity)) broken.push('startsPerNode')
    if (flying.size > (limits.inFlight ?? Infinity)) broken.push('inFlight')
    if (Math.max(0, ...alike) > (limits.perDeployment ?? Infinity)) broken.push('perDeployment')
  }
  expect(model.violations).toEqual([])
  return broken
}

test('whatever takes however long, capacity, availability, surge, rules, order and limits hold', async () => {
  let steps = 0
  let cases = 0
  for (let seed = 1; seed <= 700; seed++) {
    const planned = plannedCase(seed)
    if (planned === null) continue
    const world = makeWorld(planned, CALM)
    const limits = planned.plan.limits as MigrationLimits
    const broken = watchLimits(world, planned, limits)
    const report = await runIn(world, planned)
    const { model, early, cluster } = world
    expect({ seed, violations: model.violations, early, broken }).toEqual({
      seed,
      violations: [],
      early: [],
      broken: []
    })
    expect({ seed, outcome: report.outcome }).toEqual({ seed, outcome: 'completed' })
    for (const [index, place] of planned.sequence.target.copies.entries()) {
      const id = planned.instance.copies[index]?.id as string
      const nodes = place === null ? [] : [planned.instance.nodes[place.node]?.id]
      expect({ seed, id, nodes: cluster.hostsOf(id) }).toEqual({ seed, id, nodes })
    }
    steps += report.steps.length
    cases++
  }
  expect(cases).toBeGreaterThan(300)
  expect(steps).toBeGreaterThan(2000)
})
