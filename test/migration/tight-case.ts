import { parseProblem } from '../../models/contract/parse.js'
import { compileInstance } from '../../models/instance/compile.js'
import type { Instance } from '../../models/instance/instance.js'
import type { Place, Target } from '../../models/instance/packing.js'
import { randomNumbers } from './random-case.js'

/** A crowded cluster of single replicas and another packing of them; null where the dice find none. */
export function tightCase(seed: number, options: { readonly rungs?: readonly ('reorder' | 'relabel' | 'cut')[] } = {}) {
  const random = randomNumbers(seed)
  const between = (low: number, high: number) => low + Math.floor(random() * (high - low + 1))
  const sizes = Array.from({ length: between(3, 7) }, () => between(1, 3))
  const nodes = Array.from({ length: between(3, 4) }, (_, index) => ({
    id: `n${index}`,
    capacity: { cpu: between(2, 6) },
    costPerHour: 1
  }))
  const pack = (): number[] | null => {
    const room = nodes.map(({ capacity }) => capacity.cpu)
    const at: number[] = []
    for (const size of sizes) {
      const fitting = room.flatMap((left, node) => (left >= size ? [node] : []))
      if (fitting.length === 0) return null
      const node = fitting[Math.floor(random() * fitting.length)] as number
      room[node] = (room[node] as number) - size
      at.push(node)
    }
    return at
  }
  const from = pack()
  const to = pack()
  if (from === null || to === null) return null
  const problem = parseProblem({
    schemaVersion: 1,
    nodes,
    deployments: sizes.map((cpu, index) => ({ id: `d${index}`, demand: { cpu } })),
    replicas: sizes.map((_, index) => ({
      id: `r${index}`,
      deployment: `d${index}`,
      node: nodes[from[index] as number]?.id ?? null
    })),
    ...(options.rungs === undefined ? {} : { migration: { rungs: [...options.rungs] } })
  })
  const instance: Instance = compileInstance(problem)
  const copies = to.map((node): Place => ({ node, devices: [] }))
  const target: Target = { copies, newcomers: [], headroom: [], unplaced: [] }
  return { problem, instance, target, sizes, capacities: nodes.map(({ capacity }) => capacity.cpu), from, to }
}

/** Whether some order of the moves fits at every moment: all permutations, nothing else. */
export function someOrderFits(
  capacities: readonly number[],
  sizes: readonly number[],
  from: readonly number[],
  to: readonly number[]
): boolean {
  const load = capacities.map(() => 0)
  for (const [index, node] of from.entries()) load[node] = (load[node] as number) + (sizes[index] as number)
  const carryOn = (left: readonly number[]): boolean =>
    left.length === 0 ||
    left.some((index) => {
      const size = sizes[index] as number
      const target = to[index] as number
      const source = from[index] as number
      if ((load[target] as number) + size > (capacities[target] as number)) return false
      load[target] = (load[target] as number) + size
      load[source] = (load[source] as number) - size
      const works = carryOn(left.filter((other) => other !== index))
      load[target] = (load[target] as number) - size
      load[source] = (load[source] as number) + size
      return works
    })
  return carryOn(sizes.flatMap((_, index) => (from[index] === to[index] ? [] : [index])))
}
