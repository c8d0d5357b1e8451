import { mayStart } from '../../models/instance/instance.js'
import type { Target } from '../../models/instance/packing.js'
import { deviceLoads, packOnto } from './device-choice.js'
import type { Holding } from './limits.js'
import type { Progress } from './progress.js'

/**
 * Gives the headroom of a target its devices beside everybody who is there in the end, and another node where it has no room
 * any more. What fits nowhere is left out.
 */
export function settleHeadroom(progress: Progress, target: Target): Target['headroom'] {
  const { instance, limits, ledger } = progress
  const level = ledger.level.slice()
  const settled: Target['headroom'][number][] = []
  const none = instance.deviceResources.map(() => [])
  const active = new Set(
    [...target.copies, ...target.newcomers, ...target.headroom].flatMap((place) => (place === null ? [] : [place.node]))
  )
  for (const { deployment, node } of target.headroom) {
    const isOpen = (other: number) => other !== node && (active.has(other) || instance.nodes[other]?.purchase === -1)
    const elsewhere = [...instance.nodes.keys()]
      .filter(isOpen)
      .sort((left, right) => Number(active.has(right)) - Number(active.has(left)))
    for (const candidate of [node, ...elsewhere]) {
      if (!mayStart(instance, deployment, candidate)) continue
      const holding = limits.holding(deployment, candidate, none)
      if (!fits(level, limits.limit, holding, (counter) => limits.isSurge(counter))) continue
      const packed = packOnto(instance, deviceLoads(instance, limits, level, candidate), [deployment])
      if (packed === null) continue
      const devices = packed[0] as (typeof packed)[number]
      const held = limits.holding(deployment, candidate, devices)
      for (const [position, counter] of held.counters.entries()) {
        level[counter] = (level[counter] as number) + (held.steady[position] as number)
      }
      settled.push({ deployment, node: candidate, devices })
      active.add(candidate)
      break
    }
  }
  return settled
}

function fits(
  level: Float64Array,
  limit: Float64Array,
  holding: Holding,
  isExempt: (counter: number) => boolean
): boolean {
  return (
    holding.opposed.every((counter) => (level[counter] as number) === 0) &&
    holding.counters.every((counter, position) => {
      return (
        isExempt(counter) ||
        (level[counter] as number) + (holding.steady[position] as number) <= (limit[counter] as number)
      )
    })
  )
}
