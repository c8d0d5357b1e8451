import { describe, expect, it } from 'vitest'
import { InputError, parseProblem } from '../../../models/contract/parse.js'
import { projectOntoDrains } from '../../../src/adapters/ray/drains/project-onto-drains.js'
import { compact } from '../../../src/compact.js'
import { renderProjection } from '../../../src/report/drains/render-projection.js'
import { tellLeftOut } from '../../../src/report/drains/tell-left-out.js'
import { randomCluster } from '../../compact/random-cluster.js'
import { randomDrains } from '../../search/drains/random-drains.js'
import { drainedNodes } from '../../search/drains/replay.js'
import { applyDrain, serveTargets, worldOf } from '../../search/drains/serve-model.js'
import { threeAndOne, threeOfSevenAndSix } from './clusters.js'

describe('the projection of a plan onto drains', () => {
  it('of a plan that was made for Ray is all of it', async () => {
    const problem = threeAndOne()
    const result = await compact(problem, { executableOn: 'ray', solver: 'greedy', workLimit: 2_000 })
    const projection = projectOntoDrains(problem, result)
    expect(projection.drains.map(({ node }) => node)).toEqual(drainedNodes(result))
    expect(projection.steps.filter(({ isExecutable, remark }) => !isExecutable || remark !== undefined)).toEqual([])
    expect(projection).toMatchObject({ idle: ['idle'], undrained: [], isSamePlacement: true, isSameRelease: true })
    expect(projection.costPerHour.drained).toBe(result.objective?.costPerHour)
    expect(renderProjection(projection)).toContain('Every replica ends where the plan puts it.')
    expect(renderProjection(projection)).toContain('1 idle node to give back, which saves 1.00 an hour beside it.')
    expect(tellLeftOut(projection)).toBe('')
  })

  it('of moves that swap places drains nothing, and says of every step why', async () => {
    const problem = threeOfSevenAndSix()
    const result = await compact(problem, { workLimit: 5_000 })
    expect(result.objective?.costPerHour).toBeLessThan(6)
    const projection = projectOntoDrains(problem, result)
    expect(projection.drains).toEqual([])
    expect(projection.undrained).toMatchObject([{ node: result.releasedNodes[0], code: 'no-room' }])
    expect(projection.steps).toHaveLength(result.plan.steps.length)
    expect(projection.steps.every(({ isExecutable }) => !isExecutable)).toBe(true)
    const remarks = new Set(projection.steps.map(({ remark }) => remark))
    expect(remarks.has('not-drained')).toBe(true)
    expect(projection).toMatchObject({ isSamePlacement: false, isSameRelease: false })
    expect(projection.costPerHour.drained).toBe(projection.costPerHour.now)
    expect(renderProjection(projection)).toContain('Not drained:')
    expect(renderProjection(projection)).toMatch(/\d+ steps: about nodes that cannot be drained/)
    const { length } = projection.steps
    expect(tellLeftOut(projection)).toMatch(
      new RegExp(`^${length} of ${length} steps cannot be expressed in drains and are left out: 0\\.00 of `)
    )
  })

  it('of a plan onto an idle node names the node that Serve would choose', async () => {
    const problem = parseProblem({
      schemaVersion: 1,
      nodes: [
        { id: 'old', capacity: { cpu: 8 }, costPerHour: 9 },
        { id: 'other', capacity: { cpu: 8 }, costPerHour: 9 },
        { id: 'new', capacity: { cpu: 8 }, costPerHour: 1 }
      ],
      deployments: [{ id: 'd', demand: { cpu: 2 } }],
      replicas: ['old', 'other'].map((node, index) => ({ id: `d-${index}`, deployment: 'd', node }))
    })
    const projection = projectOntoDrains(problem, await compact(problem, { workLimit: 5_000 }))
    expect(projection.drains).toHaveLength(1)
    expect(projection.drains[0]?.moves).toMatchObject([
      { to: projection.drains[0]?.node === 'old' ? 'other' : 'old', isPlanned: false }
    ])
    const start = projection.steps.find(({ action, remark }) => action === 'start' && remark === 'idle-node')
    expect(start?.isExecutable).toBe(false)
    expect(projection.isSameRelease).toBe(false)
    expect(projection.undrained).toHaveLength(1)
  })

  it('of any plan of a cluster at rest predicts what Serve does', async () => {
    for (let seed = 2001; seed <= 2040; seed++) {
      const problem = randomDrains(seed)
      const result = await compact(problem, { solver: 'greedy', workLimit: 500 })
      const projection = projectOntoDrains(problem, result)
      let world = worldOf(problem)
      for (const { node, moves } of projection.drains) {
        const targets = serveTargets(world, node)
        expect([...(targets ?? [])].sort()).toEqual(moves.map(({ replica, to }) => [replica, to]).sort())
        if (targets !== null) world = applyDrain(world, node, targets)
      }
      expect(projection.steps).toHaveLength(result.plan.steps.length)
      expect(projection.costPerHour.drained).toBeGreaterThanOrEqual(projection.costPerHour.planned - 1e-9)
      expect(projection.isSamePlacement && !projection.isSameRelease).toBe(false)
    }
  })

  it('exists of whatever plan there is', async () => {
    for (let seed = 1; seed <= 40; seed++) {
      const problem = parseProblem(randomCluster(seed))
      for (const executableOn of [undefined, 'ray'] as const) {
        const result = await compact(problem, {
          ...(executableOn && { executableOn }),
          solver: 'greedy',
          workLimit: 300
        })
        if (result.primalStatus === 'none') continue
        const projection = projectOntoDrains(problem, result)
        expect(projection.steps).toHaveLength(result.plan.steps.length)
        expect(renderProjection(projection)).not.toBe('')
        if (executableOn === 'ray') expect(projection.drains.map(({ node }) => node)).toEqual(drainedNodes(result))
      }
    }
  })

  it('is refused of a Result of another Problem', async () => {
    const result = await compact(threeAndOne(), { solver: 'greedy', workLimit: 500 })
    expect(() => projectOntoDrains(threeOfSevenAndSix(), result)).toThrow(InputError)
    expect(() => projectOntoDrains(null, result)).toThrow(InputError)
    expect(() => projectOntoDrains(threeAndOne(), { nonsense: true })).toThrow(InputError)
  })
})
