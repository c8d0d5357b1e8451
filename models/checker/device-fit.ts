/** Rounding of sums of shares: three times 0.333333 still fits one device. */
const SLACK = 1e-6
/**
 * Effort after which shares count as not fitting: search nodes for so many shares, each of which costs more the more there are. Only
 * copies whose devices nobody states are ever searched.
 */
const searchNodes = (shares: number) => Math.ceil(500_000 / (1 + shares) ** 2)

/**
 * How many empty devices more are needed to hold these copies; 0 when they fit.
 * Whole devices must be entirely free, a share lives on one device, loads are what other copies hold already.
 * Exact bin packing by depth-first search with memory, within a bound on its effort; beyond it the answer errs upwards.
 */
export function devicesMissing(
  count: number,
  loads: readonly number[],
  shares: readonly number[],
  whole: number
): number {
  const used = loads.filter((load) => load > SLACK)
  const sorted = [...shares].sort((a, b) => b - a)
  const effort = { left: searchNodes(sorted.length) }
  const free = count - used.length - whole
  let missing = Math.max(0, -free)
  if (sorted.length === 0) return missing
  const room = used.reduce((sum, load) => sum + Math.max(0, 1 - load), 0)
  const volume = sorted.reduce((sum, share) => sum + share, 0)
  missing = Math.max(missing, Math.ceil(volume - room - SLACK * sorted.length) - free)
  while (!sharesFit(sorted, used, free + missing, effort)) missing++
  return missing
}

function sharesFit(
  shares: readonly number[],
  used: readonly number[],
  empty: number,
  effort: { left: number }
): boolean {
  const bins = [...used, ...new Array<number>(Math.min(empty, shares.length)).fill(0)].sort((a, b) => b - a)
  if (fitsFirst(shares, [...bins])) return true
  const dead = new Set<string>()
  const place = (next: number): boolean => {
    if (next === shares.length) return true
    if (effort.left-- <= 0) return false
    const state = `${next}:${bins.map((load) => load.toFixed(6)).sort()}`
    if (dead.has(state)) return false
    const tried = new Set<string>()
    for (let bin = 0; bin < bins.length; bin++) {
      const load = bins[bin] as number
      const share = shares[next] as number
      if (load + share > 1 + SLACK || tried.has(load.toFixed(6))) continue
      tried.add(load.toFixed(6))
      bins[bin] = load + share
      if (place(next + 1)) return true
      bins[bin] = load
    }
    dead.add(state)
    return false
  }
  return effort.left > 0 && shares.length <= DEEPEST_SEARCH && place(0)
}

/** Shares beyond which first fit alone decides: a deeper search would not end within the effort. */
const DEEPEST_SEARCH = 100

/** First fit, shares in falling order: quick, and nearly always enough. */
function fitsFirst(shares: readonly number[], bins: number[]): boolean {
  return shares.every((share) => {
    const bin = bins.findIndex((load) => load + share <= 1 + SLACK)
    if (bin >= 0) bins[bin] = (bins[bin] as number) + share
    return bin >= 0
  })
}
