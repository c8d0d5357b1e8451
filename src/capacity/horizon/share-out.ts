import type { CopyClass } from '../../solvers/fleet/period-batch.js'

/** Of each class of copies: what nodes have room for, what may stay where it is, and how many there must be at least. */
export interface ClassRoom {
  readonly slots: Int32Array
  readonly stays: Int32Array
  readonly least: Int32Array
}

/**
 * How many copies of each class there are to be: of each deployment exactly as many as are wanted, of no class fewer than must be nor
 * more than there is room for, and so that most stay where they are. Exact: as a copy that stays is worth the same in each class, all
 * that is left to choose is which room stays empty, and that of nobody who could stay comes first.
 *
 * @param wanted [deployment].
 */
export function shareOut(classes: readonly CopyClass[], wanted: ArrayLike<number>, room: ClassRoom): Int32Array {
  const { slots, stays, least } = room
  const copies = slots.slice()
  const surplus = Int32Array.from(wanted, (amount) => -amount)
  for (const [index, { deployment }] of classes.entries()) {
    surplus[deployment] = (surplus[deployment] as number) + (slots[index] as number)
  }
  const empty = (keeps: (index: number) => number) => {
    for (const [index, { deployment }] of classes.entries()) {
      const spare = Math.max(0, Math.min(surplus[deployment] as number, (copies[index] as number) - keeps(index)))
      copies[index] = (copies[index] as number) - spare
      surplus[deployment] = (surplus[deployment] as number) - spare
    }
  }
  empty((index) => Math.max(least[index] as number, stays[index] as number))
  empty((index) => least[index] as number)
  return copies
}
