/** Does a task for every item, so many at a time, and gives what came of them in the order of the items. */
export async function inLanes<Item, Output>(
  items: readonly Item[],
  lanes: number,
  task: (item: Item) => Promise<Output>
): Promise<Output[]> {
  const outputs: Output[] = []
  const open = items.entries()
  const lane = async () => {
    for (const [index, item] of open) outputs[index] = await task(item)
  }
  await Promise.all(Array.from({ length: Math.min(lanes, items.length) }, lane))
  return outputs
}
