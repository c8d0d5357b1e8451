import { parseProblem } from '../../models/contract/parse.js'
import type { Problem } from '../../models/contract/problem.js'
import { seededRandom } from '../../src/random.js'

/** Part of a limit by which contents may exceed it, or fall short of it: just within the tolerance of the checker. */
const MOST_OVER = 9.5e-7

/** What the nodes are full of: cores, whole nodes of one core, bytes, or shares of GPUs. */
export type BrimfulResource = 'cores' | 'single cores' | 'bytes' | 'shares'

/**
 * A tiny Problem whose replicas, all waiting, fill cheap nodes to the brim and up to the last of the checker's tolerance over it;
 * two in three times there is a dear node beside them. Amounts are decimal parts of what a node holds, or any numbers. With `isFine`
 * contents differ from what a node holds by anything down to a thousandth of the tolerance.
 */
export function brimfulProblem(seed: number, resource: BrimfulResource, isFine = false): Problem {
  const random = seededRandom(seed)
  const isDecimal = random() < 0.5
  const isSame = random() < 0.5
  const isDear = random() < 0.67
  const full = 2 + Math.floor(random() * 2)
  const size = { cores: 16, 'single cores': 1, bytes: 1e12, shares: 1 }[resource]
  const name = resource === 'bytes' ? 'memory' : resource === 'shares' ? 'gpu' : 'cpu'
  const most = isFine ? MOST_OVER * 1000 ** -random() : MOST_OVER
  const drawOver = () => 1 + (2 * random() - 1) * most
  const over = drawOver()
  const demands = Array.from({ length: full }, () => {
    const times = isSame ? over : drawOver()
    return cut(random, isDecimal).map((part) => part * size * times)
  }).flat()
  const nodes = Array.from({ length: full + (isDear ? 1 : 0) }, (_, index) => ({
    id: `n${index}`,
    capacity: { [name]: size },
    costPerHour: index < full ? 1 : 5
  }))
  return parseProblem({
    schemaVersion: 1,
    name: `brimful ${resource} ${seed}${isFine ? ' fine' : ''}`,
    nodes,
    deployments: demands.map((amount, index) => ({ id: `d${index}`, demand: { [name]: amount } })),
    replicas: demands.map((_, index) => ({ id: `r${index}`, deployment: `d${index}`, node: null })),
    migration: { level: 'final' }
  })
}

/** Two or three parts of 1: tenths, or any. */
function cut(random: () => number, isDecimal: boolean): number[] {
  const [first, second] = [0.2 + 0.3 * random(), 0.2 + 0.2 * random()].map((part) =>
    isDecimal ? Math.round(part * 10) / 10 : part
  ) as [number, number]
  return random() < 0.5 ? [first, 1 - first] : [first, second, 1 - first - second]
}
