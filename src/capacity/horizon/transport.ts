/** So many units from one place to another. */
export interface Shipment {
  readonly from: number
  readonly to: number
  readonly amount: number
}

/**
 * The transport of most worth (Ford and Fulkerson, 1956): as many units as both sides have, each worth what its way is worth, along
 * ways that gain most first. Exact for whole amounts and whole worths of at least 0.
 *
 * @param worth [from × destinations + to], of one unit.
 */
export function transport(supply: Int32Array, demand: Int32Array, worth: Float64Array): Shipment[] {
  const sources = supply.length
  const sinks = demand.length
  const flow = new Int32Array(sources * sinks)
  const left = supply.slice()
  const open = demand.slice()
  // Worth of the best way to each source and sink, and where it comes from; −1 for the beginning.
  const gainAt = new Float64Array(sources)
  const gainTo = new Float64Array(sinks)
  const sourceFrom = new Int32Array(sources)
  const sinkFrom = new Int32Array(sinks)
  for (;;) {
    for (let from = 0; from < sources; from++) gainAt[from] = (left[from] as number) > 0 ? 0 : -Infinity
    sourceFrom.fill(-1)
    gainTo.fill(-Infinity)
    for (let isBetter = true; isBetter; ) {
      isBetter = false
      for (let from = 0; from < sources; from++) {
        const gain = gainAt[from] as number
        if (gain === -Infinity) continue
        for (let to = 0; to < sinks; to++) {
          const reached = gain + (worth[from * sinks + to] as number)
          if (reached <= (gainTo[to] as number)) continue
          gainTo[to] = reached
          sinkFrom[to] = from
          for (let other = 0; other < sources; other++) {
            if (flow[other * sinks + to] === 0) continue
            const back = reached - (worth[other * sinks + to] as number)
            if (back <= (gainAt[other] as number)) continue
            gainAt[other] = back
            sourceFrom[other] = to
            isBetter = true
          }
        }
      }
    }
    let last = -1
    for (let to = 0; to < sinks; to++) {
      if (
        (open[to] as number) > 0 &&
        gainTo[to] !== -Infinity &&
        (last < 0 || (gainTo[to] as number) > (gainTo[last] as number))
      )
        last = to
    }
    if (last < 0) break
    let amount = open[last] as number
    let to = last
    for (;;) {
      const from = sinkFrom[to] as number
      const before = sourceFrom[from] as number
      amount = Math.min(amount, before < 0 ? (left[from] as number) : (flow[from * sinks + before] as number))
      if (before < 0) break
      to = before
    }
    open[last] = (open[last] as number) - amount
    for (to = last; ; ) {
      const from = sinkFrom[to] as number
      flow[from * sinks + to] = (flow[from * sinks + to] as number) + amount
      const before = sourceFrom[from] as number
      if (before < 0) {
        left[from] = (left[from] as number) - amount
        break
      }
      flow[from * sinks + before] = (flow[from * sinks + before] as number) - amount
      to = before
    }
  }
  return [...flow].flatMap((amount, at) =>
    amount > 0 ? [{ from: Math.floor(at / sinks), to: at % sinks, amount }] : []
  )
}
