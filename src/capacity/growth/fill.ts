import type { Arrival, Packing } from '../../../models/instance/packing.js'
import { hostCopy } from '../../search/greedy/hosting.js'
import type { PackingState } from '../../search/packing-state.js'
import type { GrowthLine } from './growth-line.js'
import { bindsAcrossNodes, roomEverywhere } from './local-room.js'

/** How far greedy came along a line, and the packing there. */
export interface Filled {
  readonly level: number
  readonly packing: Packing
}

const ANYWHERE = () => true

/**
 * As many more copies of a deployment as fit beside what a state has, `most` at most. Without rules across nodes that is exact:
 * what one node takes says nothing of another.
 */
export function fillWithOne(state: PackingState, deployment: number, most: number): Filled {
  if (!bindsAcrossNodes(state.instance, deployment)) {
    const added: Arrival[] = []
    for (const [node, room] of roomEverywhere(state, deployment).entries()) {
      for (let copies = Math.min(room, most - added.length); copies > 0; copies--) added.push({ deployment, node })
    }
    const { stays, arrivals } = state.toPacking()
    return { level: added.length, packing: { stays, arrivals: [...arrivals, ...added] } }
  }
  const mark = state.mark()
  let level = 0
  while (level < most && hostHarmlessly(state, deployment)) level++
  const packing = state.toPacking()
  state.rollBack(mark)
  return { level, packing }
}

/** As far along a line as copies of all deployments find room, added in its order. */
export function fillAlong(state: PackingState, line: GrowthLine, isOver: () => boolean): Filled {
  const mark = state.mark()
  let reached: Filled = { level: 0, packing: state.toPacking() }
  let counts = line.countsAt(0)
  for (let level = 1; level <= line.top && !isOver(); level++) {
    const next = line.countsAt(level)
    const before = counts
    const fits = next.every((count, deployment) => {
      for (let copies = before[deployment] as number; copies < count; copies++) {
        if (!hostHarmlessly(state, deployment)) return false
      }
      return true
    })
    if (!fits) break
    counts = next
    reached = { level, packing: state.toPacking() }
  }
  state.rollBack(mark)
  return reached
}

/** Places one more copy where no final rule is more broken than before. */
function hostHarmlessly(state: PackingState, deployment: number): boolean {
  const mark = state.mark()
  const broken = state.rules.final.excess()
  if (hostCopy(state, deployment, ANYWHERE, ANYWHERE) >= 0 && state.rules.final.excess() <= broken + 1e-9) return true
  state.rollBack(mark)
  return false
}
