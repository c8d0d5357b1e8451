import { expect, test } from 'vitest'
import { renderCompaction } from '../../src/report/text/capacity/compaction.js'
import { renderCurve } from '../../src/report/text/capacity/curve.js'
import { renderHoles } from '../../src/report/text/capacity/holes.js'
import { renderReach } from '../../src/report/text/capacity/reach.js'
import { renderSurvive } from '../../src/report/text/capacity/survive.js'
import { displayWidth } from '../../src/report/text/layout.js'
import { plainStyle } from '../../src/report/text/style.js'
import { sampleAnswers } from './sample-answers.js'

const { reachAnswer, holesAnswer, surviveAnswer, compactionAnswer, curveAnswer } = sampleAnswers()

/** No line is wider than the style, and no name drives the terminal. */
function expectReadable(text: string): void {
  expect(text.endsWith('\n')).toBe(true)
  expect(text).not.toContain('\u001b')
  for (const line of text.split('\n')) expect(displayWidth(line), line).toBeLessThanOrEqual(plainStyle.width)
}

test('reach as text', () => {
  const text = renderReach(reachAnswer)
  expectReadable(text)
  expect(text).toMatchInlineSnapshot(`
    "How far the fleet reaches: prod\\u001b[31m

      until nothing fits   █████████████████████████████████████████████████  1.50×  everything may move
      until the next node                                                         –  nothing moves

    On all listed nodes (12 nodes), when everything may move: everything by 1.50×, proven impossible
    beyond 1.70×
                    now  more  factor  impossible     gap
      all together   10     5   1.50×          +8  11.8 %
      d22             1     8   9.00×          +9   exact
      d21             1     9  10.00×         +10   exact
      d20             1    10  11.00×         +11   exact
      d19             1    11  12.00×         +12   exact
      d18             1    12  13.00×         +13   exact
      d17             1    13  14.00×         +14   exact
      d16             1    14  15.00×         +15   exact
      d15             1    15  16.00×         +16   exact
      d14             1    16  17.00×         +17   exact
      d13             1    17  18.00×         +18   exact
      d12             1    18  19.00×         +19   exact
      d11             1    19  20.00×         +20   exact
      d10             1    20  21.00×         +21   exact
      d9              1    21  22.00×         +22   exact
      d8              1    22  23.00×         +23   exact
      d7              1    23  24.00×         +24   exact
      d6              1    24  25.00×         +25   exact
      d5              1    25  26.00×         +26   exact
      d4              1    26  27.00×         +27   exact
      d3              1    27  28.00×         +28   exact
      … and 3 deployments that reach farther

    On the nodes that the plan keeps (1 node), when nothing moves: not even what is wanted now fits
                    now  more  factor  impossible   gap
      all together   10  none                  +1  open

      · what is to be known of it, in so many words that they take more than one line of a report that
        is a hundred wide
    "
  `)
})

test('holes as text', () => {
  const text = renderHoles(holesAnswer)
  expectReadable(text)
  expect(text).toMatchInlineSnapshot(`
    "Usable holes: prod\\u001b[31m

      Now: 12 active nodes at 34.50, room for 1.50× the mix of today, 20 gpu free, 25.0 % of it of no
        use to a replica of today
      After the plan: 1 active node at 34.50, room for 1.50× the mix of today

      one alone  running  more now  more after
      chat             3         7         ≥ 2

      free gpu, now  ██████████████████████████████████████▒▒▒▒▒▒▒▒▒▒▒▒  20
      ██ of use to a replica of today   ▒▒ of no use
    "
  `)
})

test('survive as text', () => {
  const text = renderSurvive(surviveAnswer)
  expectReadable(text)
  expect(text).toMatchInlineSnapshot(`
    "What survives a loss: prod\\u001b[31m

      cluster         loss of any  losses  kinds  survived, nothing moves  if all may move  open
      after the plan  node              5      1                        3              all     0

      Worst after the plan: node n1 (1 other alike) with 4 replicas; without a place when nothing moves:
      3 of priority 2; if all may move: none

      To survive all of these losses, nothing else moving: 13.00 an hour instead of 10.00, 3.00 more;
      proven: not below 12.00 (gap 7.7 %). Kept or bought: new spare-1 (big).

      · what is to be known of it, in so many words that they take more than one line of a report that
        is a hundred wide
    "
  `)
})

test('compaction as text', () => {
  const text = renderCompaction(compactionAnswer)
  expectReadable(text)
  expect(text).toMatchInlineSnapshot(`
    "Compaction by random orders: prod\\u001b[31m

      In 90 % of 1 random order (nearest rank) the work of today fits onto 12 nodes of 20 (60.0 %), and
      onto nodes for 25.00 of 40.00 an hour (62.5 %).
      The best plan costs 21.00, proven not below 20.00: choosing nodes at random costs 25.0 % more than
      that.

      today                       ██████████████████████████████████████████████████  40.00
      at random, 90th percentile  ███████████████████████████████▎                    25.00
      at random, the best order   ███████████████████████████████▎                    25.00
      the best plan               ██████████████████████████▎                         21.00
      proven least                █████████████████████████                           20.00

      order  nodes left   cost  placed by  needed       asked greedy + engine
          1          12  25.00  engine     at least 11                  5 + 2

      · what is to be known of it, in so many words that they take more than one line of a report that
        is a hundred wide
    "
  `)
})

test('curve as text', () => {
  const text = renderCurve(curveAnswer)
  expectReadable(text)
  expect(text).toMatchInlineSnapshot(`
    "Cost against migrations: prod\\u001b[31m

      Knee at 2 migrations of 9: 83.3 % of all that can be saved.

         at most  moves   cost     gap  saves  per move  pays back in       takes
               0      0  40.00  proven   0.00                          1 min 30 s
      →        2      2  30.00   3.3 %  10.00      5.00         6 min  1 min 30 s
             any      9  28.00  proven  12.00      0.29   22 min 30 s  1 min 30 s
    "
  `)
})

test('nothing to say is said without gaps', () => {
  const empty = { notes: [], price: null }
  expect(renderSurvive({ ...surviveAnswer, ...empty, cases: [] })).not.toContain('\n\n\n')
  expect(renderCurve({ ...curveAnswer, ...empty, points: [], knee: null })).toContain('Cost against migrations')
  const nothing = { nodesLeft: null, costLeftPerHour: null, nodeShare: null, costShare: null, plan: null }
  expect(renderCompaction({ ...compactionAnswer, ...nothing })).toContain('No order left nodes')
})
