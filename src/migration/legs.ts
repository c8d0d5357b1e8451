import type { Place } from '../../models/instance/packing.js'
import type { Mover } from './agenda.js'

/**
 * One thing done, in a total order: a copy becomes ready, goes away, leaves before its successor starts, or starts somewhere (and
 * leaves where it was).
 */
export type Leg =
  | { readonly kind: 'wait' | 'stop'; readonly copy: number }
  | { readonly kind: 'leave'; readonly mover: Mover; readonly from: Place }
  | { readonly kind: 'move'; readonly mover: Mover; readonly from: Place | undefined; readonly to: Place }
