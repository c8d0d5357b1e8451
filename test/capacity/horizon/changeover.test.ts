import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { changeOver } from '../../../src/capacity/horizon/changeover.js'
import type { Hosting } from '../../../src/capacity/horizon/node-contents.js'

const KINDS = 2

const hosting = fc.record({
  kind: fc.nat(KINDS - 1),
  ofBase: fc.boolean(),
  counts: fc.tuple(fc.nat(2), fc.nat(2)).map((counts) => Int32Array.from(counts)),
  nodes: fc.integer({ min: 1, max: 2 })
})
const hostings = fc.array(hosting, { maxLength: 3 })

/** Two deployments, of which the first has a floor on the first kind of node. */
const classes = [
  { deployment: 0, kinds: [0] },
  { deployment: 0, kinds: [1] },
  { deployment: 1, kinds: [0, 1] }
]

const change = fc
  .record({ before: hostings, slots: hostings, share: fc.tuple(fc.nat(4), fc.nat(4), fc.nat(4)) })
  .map(({ before, slots, share }) => {
    const copies = [0, 1].map((deployment) =>
      Math.round((countOf(slots, deployment) * (share[deployment] as number)) / 4)
    )
    const steady = countOf(
      slots.filter(({ kind }) => kind === 0),
      0
    )
    const least = Int32Array.of(Math.floor((Math.min(steady, copies[0] as number) * share[2]) / 4), 0, 0)
    return { before, slots, wanted: { copies, classes, least } }
  })

describe('from one period to the next', () => {
  test('nodes host exactly what is wanted, within what they have room for, and keep floors', () => {
    fc.assert(
      fc.property(change, ({ before, slots, wanted }) => {
        const { after } = changeOver(before, slots, wanted, KINDS)
        for (const [deployment, copies] of wanted.copies.entries()) expect(countOf(after, deployment)).toBe(copies)
        const steady = after.filter(({ kind }) => kind === 0)
        expect(countOf(steady, 0)).toBeGreaterThanOrEqual(wanted.least[0] as number)
        expect(
          nodesOf(after)
            .map(({ kind, ofBase }) => [kind, ofBase])
            .sort()
        ).toEqual(
          nodesOf(slots)
            .map(({ kind, ofBase }) => [kind, ofBase])
            .sort()
        )
        expect(isWithin(after, slots)).toBe(true)
      })
    )
  })

  test('nodes by the hour are ordered where there are more, and given back where there are fewer', () => {
    fc.assert(
      fc.property(change, ({ before, slots, wanted }) => {
        const { started, released } = changeOver(before, slots, wanted, KINDS)
        for (let kind = 0; kind < KINDS; kind++) {
          const hourly = (nodes: readonly Hosting[]) =>
            nodesOf(nodes).filter((one) => one.kind === kind && !one.ofBase).length
          const growth = hourly(slots) - hourly(before)
          expect([started[kind], released[kind]]).toEqual([Math.max(0, growth), Math.max(0, -growth)])
        }
      })
    )
  })

  test('what it says has moved is what cannot have stayed on the nodes that it made', () => {
    fc.assert(
      fc.property(change, ({ before, slots, wanted }) => {
        const { moved, after } = changeOver(before, slots, wanted, KINDS)
        const migrations = moved.reduce((sum, copies) => sum + copies, 0)
        expect(migrations).toBeGreaterThanOrEqual(fewestMoves(nodesOf(before), nodesOf(after), wanted.copies))
      })
    )
  })

  test('mostly nobody could do with fewer moves', () => {
    let excess = 0
    let fewest = 0
    for (const { before, slots, wanted } of fc.sample(change, { numRuns: 300, seed: 1 })) {
      const { moved } = changeOver(before, slots, wanted, KINDS)
      // Wherever the slots let copies be: the fewest of all ways to fill them.
      const least = Math.min(
        ...everyFilling(nodesOf(slots), wanted).map((after) => fewestMoves(nodesOf(before), after, wanted.copies))
      )
      const migrations = moved.reduce((sum, copies) => sum + copies, 0)
      expect(migrations).toBeGreaterThanOrEqual(least)
      excess += migrations - least
      fewest += least
    }
    expect(excess).toBeLessThanOrEqual(0.05 * fewest)
  })

  test('where all room is needed, no one could do with fewer moves', () => {
    fc.assert(
      fc.property(hostings, hostings, (before, slots) => {
        const copies = [countOf(slots, 0), countOf(slots, 1)]
        const { moved } = changeOver(before, slots, { copies, classes, least: new Int32Array(3) }, KINDS)
        const migrations = moved.reduce((sum, count) => sum + count, 0)
        expect(migrations).toBe(fewestMoves(nodesOf(before), nodesOf(slots), copies))
      })
    )
  })
})

function countOf(nodes: readonly Hosting[], deployment: number): number {
  return nodes.reduce((sum, { counts, nodes }) => sum + nodes * (counts[deployment] as number), 0)
}

/** Each node by itself. */
function nodesOf(all: readonly Hosting[]): Hosting[] {
  return all.flatMap((one) => Array.from({ length: one.nodes }, () => ({ ...one, nodes: 1 })))
}

/** Whether every node can be one of the slots. */
function isWithin(after: readonly Hosting[], slots: readonly Hosting[]): boolean {
  const match = (left: readonly Hosting[], open: readonly Hosting[]): boolean => {
    const [node, ...others] = left
    if (node === undefined) return true
    return open.some(
      (slot, index) =>
        slot.kind === node.kind &&
        slot.ofBase === node.ofBase &&
        node.counts.every((copies, deployment) => copies <= (slot.counts[deployment] as number)) &&
        match(
          others,
          open.filter((_, other) => other !== index)
        )
    )
  }
  return match(nodesOf(after), nodesOf(slots))
}

/** Node after node goes on as any of its kind, or as none. */
function fewestMoves(before: readonly Hosting[], after: readonly Hosting[], wanted: readonly number[]): number {
  const kept = wanted.map((copies, deployment) => Math.min(copies, countOf(before, deployment)))
  const mostStays = (left: readonly Hosting[], open: readonly Hosting[]): number => {
    const [node, ...others] = left
    if (node === undefined) return 0
    return open.reduce(
      (most, one, index) => {
        if (one.kind !== node.kind) return most
        const stays = one.counts.reduce(
          (sum, copies, deployment) => sum + Math.min(copies, node.counts[deployment] as number),
          0
        )
        const rest = open.filter((_, other) => other !== index)
        return Math.max(most, stays + mostStays(others, rest))
      },
      mostStays(others, open)
    )
  }
  return kept.reduce((sum, copies) => sum + copies, 0) - mostStays(before, after)
}

function everyFilling(
  slots: readonly Hosting[],
  { copies, least }: { copies: readonly number[]; least: Int32Array }
): Hosting[][] {
  const fill = (open: readonly Hosting[], left: readonly [number, number], steady: number): Hosting[][] => {
    const [slot, ...others] = open
    if (slot === undefined) return left[0] === 0 && left[1] === 0 && steady <= 0 ? [[]] : []
    const [first, second] = slot.counts as unknown as [number, number]
    const fillings: Hosting[][] = []
    for (let one = 0; one <= Math.min(first, left[0]); one++) {
      for (let two = 0; two <= Math.min(second, left[1]); two++) {
        const rest = fill(others, [left[0] - one, left[1] - two], steady - (slot.kind === 0 ? one : 0))
        for (const filling of rest) fillings.push([{ ...slot, counts: Int32Array.of(one, two) }, ...filling])
      }
    }
    return fillings
  }
  return fill(slots, [copies[0] as number, copies[1] as number], least[0] as number)
}
