import type { Instance, InstanceCopy } from '../instance/instance.js'
import type { Arrival, Packing } from '../instance/packing.js'
import type { AggregatedColumns } from './aggregated-columns.js'

/**
 * The packing that a point of the aggregated program means. Whole numbers are taken as rounded: whether they are feasible is for
 * a checker to say. A copy stays rather than leaves when another of its deployment would arrive in its place.
 */
export function pointToPacking(
  instance: Instance,
  columns: AggregatedColumns,
  point: Float64Array,
  outside: Packing | null = null
): Packing {
  const stays = new Uint8Array(instance.copies.length)
  const arrivals: Arrival[] = []
  if (outside !== null) {
    for (const { index, node } of instance.copies)
      if (!columns.isOpen(node)) stays[index] = outside.stays[index] as number
    for (const arrival of outside.arrivals) if (!columns.isOpen(arrival.node)) arrivals.push(arrival)
  }
  const arriving = new Map<number, number>()
  for (const [key, column] of columns.arrive) {
    const count = Math.round(point[column] as number)
    if (count > 0) arriving.set(key, count)
  }
  for (const [position, { copies, deployment, node, tiedDevices }] of columns.groups.entries()) {
    const key = deployment * instance.nodes.length + node
    const staying = Math.round(point[columns.stay[position] as number] as number)
    // Copies tied to devices may not be put back: the arrival may have been meant for another device.
    const isTied = tiedDevices.some((held) => held.length > 0)
    const returning = isTied ? 0 : Math.min(copies.length - staying, arriving.get(key) ?? 0)
    if (returning > 0) arriving.set(key, (arriving.get(key) as number) - returning)
    for (const copy of copies.slice(0, staying + returning)) stays[copy] = 1
  }
  for (const [key, count] of arriving) {
    const deployment = Math.floor(key / instance.nodes.length)
    const node = key % instance.nodes.length
    for (let number = 0; number < count; number++) arrivals.push({ deployment, node })
  }
  return { stays, arrivals }
}

/**
 * The point that a packing means, to start a solver from: activity, stays and arrivals; NaN for columns that follow from them.
 * Empty nodes that are alike change places, so that the first ones are those in use. null when the packing uses an arrival that
 * the program does not have.
 */
export function packingToPoint(
  instance: Instance,
  columns: AggregatedColumns,
  packing: Packing,
  size: number
): Float64Array | null {
  const point = new Float64Array(size).fill(Number.NaN)
  for (const column of columns.active) if (column >= 0) point[column] = 0
  for (const column of columns.arrive.values()) point[column] = 0
  const activeOf = new Map(columns.nodes.map((node, position) => [node, columns.active[position] as number]))
  const activate = (node: number) => {
    const column = activeOf.get(node)
    if (column !== undefined && column >= 0) point[column] = 1
  }
  for (const [position, { copies, node }] of columns.groups.entries()) {
    const staying = copies.filter((copy) => packing.stays[copy] === 1).length
    point[columns.stay[position] as number] = staying
    if (staying > 0) activate(node)
  }
  const placed = new Int32Array(instance.deployments.length)
  for (const { index, deployment } of instance.copies as readonly InstanceCopy[]) {
    if (packing.stays[index] === 1) placed[deployment] = (placed[deployment] as number) + 1
  }
  const standIn = usedFirst(columns, packing)
  for (const { deployment, node: meant } of packing.arrivals) {
    placed[deployment] = (placed[deployment] as number) + 1
    if (!columns.isOpen(meant)) continue
    const node = standIn.get(meant) ?? meant
    const column = columns.arrive.get(deployment * instance.nodes.length + node)
    if (column === undefined) return null
    point[column] = (point[column] as number) + 1
    activate(node)
  }
  for (const [deployment, column] of columns.unplaced) {
    point[column] = (instance.deployments[deployment]?.desired ?? 0) - (placed[deployment] as number)
  }
  return point
}

/** For each of the nodes that are alike the one that takes its place. */
function usedFirst({ alikes }: AggregatedColumns, { arrivals }: Packing): Map<number, number> {
  const used = new Set(arrivals.map(({ node }) => node))
  return new Map(
    alikes.flatMap((alike) => {
      const inUse = alike.filter((node) => used.has(node))
      return inUse.map((node, order): [number, number] => [node, alike[order] as number])
    })
  )
}
