import { parseProblem } from '../../../models/contract/parse.js'
import type { Problem } from '../../../models/contract/problem.js'
import { seededRandom } from '../../../src/random.js'
import { randomProblem } from '../../brute-force/random-problem.js'
import { stateDevices } from '../../brute-force/state-devices.js'

/**
 * A tiny random Problem that patterns have something to say of: what `randomProblem` draws, with everything placed, and more often than
 * there budgets, pins, surplus, headroom, a price on moves, nodes alike, and rules whose domains are labels.
 */
export function patternCluster(seed: number): Problem {
  const random = seededRandom(seed + 4711)
  const chance = (probability: number) => random() < probability
  const between = (low: number, high: number) => low + Math.floor(random() * (high - low + 1))
  const pick = <Item>(items: readonly Item[]) => items[Math.floor(random() * items.length)] as Item
  const drawn = stateDevices(randomProblem(seed, { broken: false }))
  const [first] = drawn.nodes
  const areAlike = chance(0.35)
  const zones = chance(0.5) ? ['a', 'b'] : ['a', 'b', 'c']
  const hasZones = chance(0.6)
  const nodes = drawn.nodes.map((node, index) => {
    const fits = drawn.replicas.every((replica) => replica.node !== node.id || replica.devices === undefined)
    const like = areAlike && fits && first !== undefined ? { ...first, id: node.id } : node
    if (!hasZones) return like
    const zone = index === 0 ? 'a' : pick(zones)
    return { ...like, labels: chance(0.1) && index > 0 ? {} : { zone, tier: index === 0 ? 'x' : pick(['x', 'y']) } }
  })
  const isPinning = chance(0.2)
  const isSurplus = chance(0.3)
  const deployments = drawn.deployments.map((deployment) => {
    const own = drawn.replicas.filter((replica) => replica.deployment === deployment.id && replica.state !== 'draining')
    return {
      ...deployment,
      ...(isPinning && chance(0.5) ? { movable: false } : {}),
      ...(isSurplus && chance(0.6) ? { replicas: Math.max(0, own.length - between(1, 2)) } : {})
    }
  })
  const ids = deployments.map(({ id }) => id)
  const isSpread = hasZones && chance(0.4)
  const members = ids.filter(() => chance(0.7))
  const spread = {
    kind: 'spread' as const,
    deployments: members.length > 0 ? members : ids,
    topologyKey: 'zone',
    ...(chance(0.6) ? { minDomains: between(1, 3) } : {}),
    ...(chance(0.6) ? { maxSkew: between(0, 2) } : {})
  }
  const hasBudget = chance(0.4)
  const budget = {
    ...drawn.budget,
    ...(hasBudget && chance(0.5) ? { maxMigrations: between(0, 3) } : {}),
    ...(hasBudget && chance(0.4) ? { maxMoveCost: pick([0, 1, 2, 2.5, 4]) } : {}),
    ...(hasBudget && chance(0.3) ? { maxMigrationsPerDeployment: between(0, 2) } : {})
  }
  return parseProblem({
    ...drawn,
    name: `patterns ${seed}`,
    nodes,
    deployments,
    pending: 'required',
    budget,
    rules: isSpread ? [...drawn.rules.slice(0, 1), spread] : drawn.rules,
    headroom: chance(0.15) ? [{ deployment: pick(ids), replicas: 1 }] : drawn.headroom,
    objective: chance(0.15)
      ? { horizonHours: pick([0.5, 1, 10]), moveCostPrice: pick([0.25, 0.5, 1]) }
      : drawn.objective
  })
}
