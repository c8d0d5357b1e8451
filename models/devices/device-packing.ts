import { TOLERANCE } from '../instance/instance.js'

/** Levels are the same when they are after so many digits: no tolerance, but what sums leave. */
const SAME = 1e10

/** Work after which a packing is neither found nor refuted. */
const SEARCH_LIMIT = 20_000

/** What a search for devices came to. */
export interface DevicePacking {
  /** The devices of each demand in the order given; null when none were found. */
  readonly devices: number[][] | null
  /** With no devices: whether that proves that there are none. */
  readonly isProven: boolean
}

/** As `searchPacking`: the devices, or null when none were found. */
export function packDevices(load: Float64Array, demands: readonly number[]): number[][] | null {
  return searchPacking(load, demands).devices
}

export interface PackingEffort {
  /** Search nodes after which it gives up. */
  readonly limit: number
  /** What a device may bear: 1 and a little more. */
  readonly full: number
}

/**
 * Packs demands onto devices that already carry `load` (0 free, 1 full), exactly: whole demands take entirely free devices,
 * a fraction lives on one device.
 *
 * Fractions are placed largest first, best fit first, with memory of the load multisets that failed.
 */
export function searchPacking(
  load: Float64Array,
  demands: readonly number[],
  { limit, full }: PackingEffort = { limit: SEARCH_LIMIT, full: 1 + TOLERANCE }
): DevicePacking {
  const packed: number[][] = demands.map(() => [])
  const room = Float64Array.from(load, (level) => 1 - level)
  const fractions: number[] = []
  let whole = 0
  for (const [index, amount] of demands.entries()) {
    if (amount <= 0) continue
    if (amount < 1 - TOLERANCE) fractions.push(index)
    else whole += Math.round(amount)
  }
  let free = 0
  for (const left of room) if (left >= 1 - TOLERANCE) free++
  if (whole > free) return { devices: null, isProven: true }
  fractions.sort((left, right) => (demands[right] as number) - (demands[left] as number))
  const search = packFractions(room, fractions, demands, packed, free - whole, { limit, full })
  if (search !== 'packed') return { devices: null, isProven: search === 'impossible' }
  let device = 0
  for (const [index, amount] of demands.entries()) {
    if (amount < 1 - TOLERANCE) continue
    for (let taken = 0; taken < Math.round(amount); taken++) {
      while ((room[device] as number) < 1 - TOLERANCE) device++
      ;(packed[index] as number[]).push(device++)
    }
  }
  return { devices: packed, isProven: true }
}

/** Packs fractions, opening at most `mayOpen` entirely free devices. */
function packFractions(
  room: Float64Array,
  fractions: readonly number[],
  demands: readonly number[],
  packed: number[][],
  mayOpen: number,
  { limit, full }: PackingEffort
): 'packed' | 'impossible' | 'unknown' {
  if (fractions.length > MOST_SEARCHED)
    return packInTurn(room, fractions, demands, packed, mayOpen, full) ? 'packed' : 'unknown'
  const failed = new Set<string>()
  let work = 0
  const place = (position: number, opened: number): boolean => {
    if (position === fractions.length) return true
    if (++work > limit) return false
    const index = fractions[position] as number
    const amount = demands[index] as number
    if (failed.size > 0 && failed.has(keyOf(room, position))) return false
    const tried = new Set<number>()
    for (const device of devicesByRoom(room, amount - (full - 1))) {
      const left = room[device] as number
      const isFree = left >= 1 - TOLERANCE
      const sameAs = Math.round(left * SAME)
      if ((isFree && opened >= mayOpen) || tried.has(sameAs)) continue
      tried.add(sameAs)
      room[device] = left - amount
      packed[index] = [device]
      if (place(position + 1, opened + (isFree ? 1 : 0))) return true
      room[device] = left
    }
    packed[index] = []
    failed.add(keyOf(room, position))
    return false
  }
  if (place(0, 0)) return 'packed'
  return work > limit ? 'unknown' : 'impossible'
}

/** Shares beyond which one best fit after another must do: a search would not end, nor would its recursion. */
const MOST_SEARCHED = 300

function packInTurn(
  room: Float64Array,
  fractions: readonly number[],
  demands: readonly number[],
  packed: number[][],
  mayOpen: number,
  full: number
): boolean {
  let opened = 0
  return fractions.every((index) => {
    const amount = demands[index] as number
    let best = -1
    for (let device = 0; device < room.length; device++) {
      const left = room[device] as number
      if (left + full - 1 < amount || (left >= 1 - TOLERANCE && opened >= mayOpen)) continue
      if (best < 0 || left < (room[best] as number)) best = device
    }
    if (best < 0) return false
    if ((room[best] as number) >= 1 - TOLERANCE) opened++
    room[best] = (room[best] as number) - amount
    packed[index] = [best]
    return true
  })
}

/** What is left on the devices, whichever they are, before the share at a position is placed. */
function keyOf(room: Float64Array, position: number): string {
  const levels = Float64Array.from(room, (left) => Math.round(left * SAME)).sort()
  return `${position}:${levels.join()}`
}

/** Devices with so much room, tightest first. */
function devicesByRoom(room: Float64Array, least: number): number[] {
  const fitting: number[] = []
  for (let device = 0; device < room.length; device++) if ((room[device] as number) >= least) fitting.push(device)
  return fitting.sort((left, right) => (room[left] as number) - (room[right] as number) || left - right)
}
