import { type LevelLimit, unplacedLevel, unplacedLevels } from '../../models/formulations/objective-levels.js'
import type { Instance } from '../../models/instance/instance.js'
import { prioritiesOf, type Worth } from './worth.js'

/**
 * The objectives that come before the cost, in their order, each with what a packing reaches in it; none for one that misses what
 * is required, since what has everything may not reach as much.
 */
export function requirementsOf(instance: Instance, worth: Worth): LevelLimit[] {
  if (worth.missing > 0) return []
  const unplaced = new Map(
    prioritiesOf(instance).map((priority, rank) => [unplacedLevel(priority), worth.unplaced[rank] ?? 0])
  )
  return [
    { level: 'broken-rules', atMost: worth.broken },
    ...unplacedLevels(instance).map((level) => ({ level, atMost: unplaced.get(level) ?? 0 }))
  ]
}
