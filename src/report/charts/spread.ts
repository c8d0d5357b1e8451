/**
 * Where labels go so that they are at least so far apart, between least and greatest, and as near as can be to where they are wanted
 * (least squares, by pooling adjacent violators: Ayer et al. 1955). In the order given. Those that do not fit between the two all
 * the same begin at the least.
 */
export function spread(wanted: readonly number[], distance: number, least: number, greatest: number): number[] {
  const order = wanted.map((at, index) => ({ at, index })).sort((one, other) => one.at - other.at)
  const blocks: { sum: number; count: number }[] = []
  for (const [rank, { at }] of order.entries()) {
    blocks.push({ sum: at - rank * distance, count: 1 })
    for (;;) {
      const [last, before] = [blocks.at(-1), blocks.at(-2)]
      if (last === undefined || before === undefined || before.sum / before.count <= last.sum / last.count) break
      blocks.splice(-2, 2, { sum: before.sum + last.sum, count: before.count + last.count })
    }
  }
  const highest = Math.max(least, greatest - (order.length - 1) * distance)
  const starts = blocks.flatMap(({ sum, count }) =>
    new Array<number>(count).fill(Math.min(highest, Math.max(least, sum / count)))
  )
  const spots = new Array<number>(wanted.length).fill(least)
  for (const [rank, { index }] of order.entries()) spots[index] = (starts[rank] ?? least) + rank * distance
  return spots
}
