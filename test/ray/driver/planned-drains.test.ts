import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compact } from '../../../src/compact.js'
import type { DeploymentSpec } from '../payloads.js'
import { DrainScene, head, node } from './drain-scene.js'

const SHAPES: readonly Pick<DeploymentSpec, 'required' | 'config'>[] = [
  { required: { CPU: 2, GPU: 1 } },
  { required: { CPU: 1, GPU: 0.5 } },
  { required: { CPU: 3 }, config: { max_replicas_per_node: 2 } },
  {
    required: { CPU: 1 },
    config: { placement_group_bundles: [{ CPU: 1, GPU: 1 }, { GPU: 1 }], placement_group_strategy: 'STRICT_PACK' }
  }
]

interface Drawn {
  readonly nodes: number
  /** Of each shape, the nodes where replicas are. */
  readonly hosts: readonly (readonly number[])[]
}

const drawn: fc.Arbitrary<Drawn> = fc.integer({ min: 2, max: 6 }).chain((nodes) =>
  fc.record({
    nodes: fc.constant(nodes),
    hosts: fc.tuple(...SHAPES.map(() => fc.array(fc.nat(nodes - 1), { maxLength: 4 })))
  })
)

/** A cluster with the replicas that were drawn, as far as there is room for them. */
function sceneOf({ nodes, hosts }: Drawn): DrainScene {
  const specs = Array.from({ length: nodes }, (_, index) => node(index + 1, { CPU: 8, GPU: 3 }))
  const free = specs.map(() => ({ cpu: 8, gpu: 3 }))
  const deployments = SHAPES.map((shape, index) => {
    const cpu = shape.required.CPU ?? 0
    // Shares are counted as whole ones, so that they fit wherever they are.
    const gpu = index === 3 ? 2 : Math.ceil(shape.required.GPU ?? 0)
    const seated = (hosts[index] ?? []).filter((host, position, all) => {
      const room = free[host]
      const alike = all.slice(0, position).filter((other) => other === host).length
      if (room === undefined || room.cpu < cpu || room.gpu < gpu || alike >= 2) return false
      room.cpu -= cpu
      room.gpu -= gpu
      return true
    })
    const replicas = seated.map((host, number) => ({ id: `r${number}`, node: specs[host] ?? null }))
    return { name: `d${index}`, ...shape, replicas }
  })
  return new DrainScene(
    [head, ...specs],
    [{ name: 'app', deployments: deployments.filter(({ replicas }) => replicas.length > 0) }]
  )
}

test('what is planned for Ray comes about: Serve puts every replacement where the plan has it', async () => {
  let released = 0
  await fc.assert(
    fc.asyncProperty(drawn, async (cluster) => {
      const scene = sceneOf(cluster)
      fc.pre(scene.cluster.replicas.length > 0)
      const problem = scene.readProblem()
      const result = await compact(problem, { workLimit: 200, threads: 1, executableOn: 'ray' })
      const report = await scene.run(result.plan, { problem })
      expect(report.firstFault).toBeNull()
      expect(report.outcome).toBe('completed')
      const wanted = new Set(result.placement.map(({ node: on }) => on))
      expect(new Set(scene.cluster.replicas.map(({ node: on }) => on?.ip))).toEqual(wanted)
      released += report.releasedNodes.length
    }),
    { seed: 12, numRuns: 30 }
  )
  expect(released).toBeGreaterThan(25)
})
