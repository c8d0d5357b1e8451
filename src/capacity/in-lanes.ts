/**
 * Does a task for every item, so many at a time, and gives what came of them in the order of the items. Where one fails no other is
 * begun, and its error is thrown when those that were begun have ended.
 */
export async function inLanes<Item, Output>(
  items: readonly Item[],
  lanes: number,
  task: (item: Item) => Promise<Output>
): Promise<Output[]> {
  const outputs: Output[] = []
  const open = items.entries()
  const failures: unknown[] = []
  const lane = async () => {
    for (const [index, item] of open) {
      if (failures.length > 0) return
      try {
        outputs[index] = await task(item)
      } catch (error) {
        failures.push(error)
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(lanes, items.length) }, lane))
  if (failures.length > 0) throw failures[0]
  return outputs
}
