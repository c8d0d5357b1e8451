/** So many active nodes of each kind: at least, and at most. */
export interface CountBox {
  readonly least: readonly number[]
  readonly most: readonly number[]
}

/**
 * What is wrong with boxes that are to part all combinations of counts from 0 to `nodes`; null when nothing is. Boxes of which no two share a
 * combination and that together have as many as there are leave none out.
 */
export function findFlawOfCover(boxes: readonly CountBox[], nodes: readonly number[]): string | null {
  let combinations = 0n
  for (const [index, { least, most }] of boxes.entries()) {
    if (least.length !== nodes.length || most.length !== nodes.length)
      return `branch ${index} does not limit ${nodes.length} kinds`
    let inside = 1n
    for (const [kind, available] of nodes.entries()) {
      const [from, to] = [least[kind] as number, most[kind] as number]
      if (!(Number.isInteger(from) && Number.isInteger(to) && from >= 0 && from <= to && to <= available))
        return `branch ${index} has from ${from} to ${to} of ${available} nodes of kind ${kind}`
      inside *= BigInt(to - from + 1)
    }
    combinations += inside
  }
  for (const [index, box] of boxes.entries()) {
    for (let other = 0; other < index; other++) {
      if (!areApart(box, boxes[other] as CountBox)) return `branches ${other} and ${index} overlap`
    }
  }
  const all = nodes.reduce((product, available) => product * BigInt(available + 1), 1n)
  return combinations === all ? null : `the branches leave out ${all - combinations} of ${all} combinations of counts`
}

function areApart(left: CountBox, right: CountBox): boolean {
  return left.least.some(
    (from, kind) => from > (right.most[kind] as number) || (right.least[kind] as number) > (left.most[kind] as number)
  )
}
