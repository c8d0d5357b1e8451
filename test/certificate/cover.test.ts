import { expect, test } from 'vitest'
import { type CountBox, findFlawOfCover } from '../../models/certificate/cover.js'
import { seededRandom } from '../../src/random.js'

/** Splits the whole at random: branches as a search makes them. */
function split(nodes: readonly number[], random: () => number, times: number): CountBox[] {
  const boxes: CountBox[] = [{ least: nodes.map(() => 0), most: [...nodes] }]
  for (let turn = 0; turn < times; turn++) {
    const at = Math.floor(random() * boxes.length)
    const { least, most } = boxes[at] as CountBox
    const kind = Math.floor(random() * nodes.length)
    const [from, to] = [least[kind] as number, most[kind] as number]
    if (from === to) continue
    const middle = from + Math.floor(random() * (to - from))
    boxes.splice(
      at,
      1,
      { least, most: most.map((count, index) => (index === kind ? middle : count)) },
      { least: least.map((count, index) => (index === kind ? middle + 1 : count)), most }
    )
  }
  return boxes
}

test('branches that come from splitting hold every combination; without one of them, or with one twice, they do not', () => {
  for (let seed = 1; seed <= 50; seed++) {
    const random = seededRandom(seed)
    const nodes = Array.from({ length: 1 + Math.floor(random() * 30) }, () => Math.floor(random() * 400))
    const boxes = split(nodes, random, 40)
    expect(findFlawOfCover(boxes, nodes), `seed ${seed}`).toBeNull()
    const [first, ...others] = boxes as [CountBox, ...CountBox[]]
    expect(findFlawOfCover(others, nodes), `seed ${seed}`).toContain('leave out')
    expect(findFlawOfCover([...boxes, first], nodes), `seed ${seed}`).toContain('overlap')
  }
})

test('a single combination that is left out of more than 2⁵³ is missed', () => {
  const nodes = Array.from({ length: 40 }, () => 999)
  const whole = { least: nodes.map(() => 0), most: nodes }
  expect(findFlawOfCover([whole], nodes)).toBeNull()
  const [, ...rest] = nodes
  const almost = [
    { least: nodes.map(() => 0), most: [998, ...rest] },
    { least: [999, 1, ...nodes.slice(2).map(() => 0)], most: nodes }
  ]
  expect(findFlawOfCover(almost, nodes)).toContain('leave out')
})
