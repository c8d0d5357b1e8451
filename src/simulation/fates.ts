import type { Random } from '../random.js'

/** crashes: before it is ready, and again and again, or once. hangs: is accepted, and never ready. rejected: does not begin. unheard: happens, and the answer is lost. */
export type StartFate = 'fine' | 'crashes' | 'crashes-once' | 'hangs' | 'rejected' | 'unheard'

const START_FATES: readonly (readonly [fate: StartFate, share: number])[] = [
  ['crashes', 0.25],
  ['crashes-once', 0.15],
  ['hangs', 0.25],
  ['rejected', 0.2],
  ['unheard', 0.15]
]

/** What becomes of a start, and after which share of its time it crashes. */
export function drawStart(draw: Random, failureRate: number): { readonly fate: StartFate; readonly at: number } {
  const fails = draw() < failureRate
  let rest = draw()
  const at = draw()
  if (!fails) return { fate: 'fine', at }
  for (const [fate, share] of START_FATES) {
    if (rest < share) return { fate, at }
    rest -= share
  }
  return { fate: 'crashes', at }
}

/** What is done in a moment fails more rarely than starts. */
const RARELY = 0.2

/** What becomes of a shift, a stop or a release. */
export function drawQuick(draw: Random, failureRate: number): 'fine' | 'fails' | 'unheard' {
  const fails = draw() < failureRate * RARELY
  const isHeard = draw() < 0.6
  return fails ? (isHeard ? 'fails' : 'unheard') : 'fine'
}

/** What becomes of a drain. */
export function drawDrain(draw: Random, failureRate: number): 'fine' | 'hangs' {
  return draw() < failureRate * RARELY ? 'hangs' : 'fine'
}

/** A factor around 1, off it by a share of `jitter` at most. */
export function spread(draw: Random, jitter: number): number {
  return 1 + jitter * (2 * draw() - 1)
}
