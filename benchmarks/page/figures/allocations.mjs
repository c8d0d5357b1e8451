/** What online policies reach: how much of the GPUs they can give out before they are stuck. */
import * as Plot from '@observablehq/plot'
import { tabulate } from '../data-table.mjs'
import { arrange } from '../drawing.mjs'
import { amount, share } from '../words.mjs'
import { drawRows } from './rows.mjs'

/** @import { Allocation } from '../../bench/record.mjs' */
/** @import { Figure } from '../figure.mjs' */
/** @import { Scene } from '../scene.mjs' */

/** null where the data of FGD are absent. @type {(scene: Scene) => Figure | null} */
export function onlineAllocations({ report, looks }) {
  const { allocations } = report.context
  // As many asked for as there are, or as close to that as the data come.
  const arrived = allocations
    .map((one) => one.arrived)
    .sort((left, right) => Math.abs(left - 1) - Math.abs(right - 1))[0]
  const shown = allocations
    .filter((one) => one.arrived === arrived)
    .sort((left, right) => right.allocated - left.allocated)
  const [best, worst] = [shown[0], shown.at(-1)]
  if (best === undefined || worst === undefined || arrived === undefined) return null
  const names = [...new Set(shown.map(({ policy }) => policy))]
  const least = Math.floor(10 * Math.min(...shown.map(({ allocated }) => allocated), arrived)) / 10
  const chart = drawRows({
    rows: names.map((name) => ({ name, words: share(shown.find(({ policy }) => policy === name)?.allocated ?? null) })),
    looks,
    x: { domain: [Math.min(least, 0.9), Math.max(1, arrived)] },
    head: 30,
    marks: [
      Plot.gridX({ ticks: 5, stroke: 'var(--rule)', strokeOpacity: 1 }),
      Plot.axisX({ ticks: 5, tickFormat: share, tickSize: 0, label: null }),
      Plot.ruleX([arrived], { stroke: 'currentColor', strokeDasharray: '4 3' }),
      Plot.dot(shown, { x: 'allocated', y: 'policy', r: 5, fill: 'var(--series-2)' }),
      Plot.text([arrived], {
        x: (asked) => asked,
        text: () => 'asked for',
        frameAnchor: 'top',
        textAnchor: 'end',
        dx: -5,
        dy: -16
      })
    ]
  })
  return {
    id: 'allocations',
    title: 'What online policies leave unused',
    axes: 'A row for each online policy with a dot at the share of all GPUs that it has given out.',
    finding: [
      `Once ${share(arrived)} of the GPUs are asked for, online policies, which place what arrives and never move it, have given out ${share(worst.allocated)} (${worst.policy}) to ${share(best.allocated)} (${best.policy}) of them.`,
      `Even the best of them cannot give out ${share(Math.max(0, Math.min(1, arrived) - best.allocated))} of the GPUs, as what is free is spread over too many nodes.`
    ],
    reading:
      'Context, not measured here: from the data of FGD (Weng et al., USENIX ATC 2023). Moving what runs already, as this package plans it, makes room again where such policies are stuck.',
    picture: arrange([chart]),
    table: tabulate(
      'Share of GPUs given out by online policies',
      [
        ['policy', 'left', (/** @type {Allocation} */ { policy }) => policy],
        ['asked for', 'right', (/** @type {Allocation} */ one) => share(one.arrived)],
        ['given out', 'right', (/** @type {Allocation} */ { allocated }) => share(allocated)],
        ['runs', 'right', (/** @type {Allocation} */ { runs }) => amount(runs)]
      ],
      allocations
    )
  }
}
