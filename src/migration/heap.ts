/** A binary heap; the item that `precedes` all others comes out first. */
export class Heap<Item> {
  private readonly items: Item[] = []

  constructor(private readonly precedes: (left: Item, right: Item) => boolean) {}

  get size(): number {
    return this.items.length
  }

  peek(): Item | undefined {
    return this.items[0]
  }

  push(item: Item): void {
    const { items } = this
    let position = items.length
    items.push(item)
    while (position > 0) {
      const parent = (position - 1) >> 1
      if (!this.precedes(item, items[parent] as Item)) break
      items[position] = items[parent] as Item
      position = parent
    }
    items[position] = item
  }

  pop(): Item | undefined {
    const { items } = this
    const first = items[0]
    const last = items.pop()
    if (items.length === 0 || last === undefined) return first
    let position = 0
    for (;;) {
      let child = 2 * position + 1
      if (child >= items.length) break
      if (child + 1 < items.length && this.precedes(items[child + 1] as Item, items[child] as Item)) child++
      if (!this.precedes(items[child] as Item, last)) break
      items[position] = items[child] as Item
      position = child
    }
    items[position] = last
    return first
  }
}
