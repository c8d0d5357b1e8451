import type { Problem } from '../../../../models/contract/problem.js'
import type { Result } from '../../../../models/contract/result.js'
import type { Verdict } from '../../../result/check-result.js'
import { isClosed } from '../../capacity/gap-words.js'
import type { DescribedNode } from '../../cluster/describe-cluster.js'
import { HOURS_A_MONTH, HOURS_A_YEAR } from '../../text/figures.js'
import {
  formatAmount,
  formatCount,
  formatDuration,
  formatMoney,
  formatPercent,
  formatRoundMoney
} from '../../text/numbers.js'
import { gapTile } from '../capacity/proof.js'
import type { Tile } from '../tiles.js'
import { sumActiveUse } from './node-groups.js'

/** What the Result comes to, in a sentence or two. */
export function sentenceOf(result: Result): string {
  const { objective, initial, gap, termination } = result
  if (result.primalStatus === 'none' || objective === undefined) {
    return termination === 'infeasible'
      ? 'Infeasible: no placement is allowed by everything that the problem asks for.'
      : 'Nothing was found in time, and it is not proven that there is nothing.'
  }
  const released = result.releasedNodes.length
  const proof =
    gap === undefined || gap >= 1
      ? ''
      : isClosed(gap)
        ? ', proven optimal'
        : `, proven within ${formatPercent(gap)} of the optimum`
  const saved = initial.costPerHour - objective.costPerHour
  const nodes =
    released === 0
      ? 'No node is released'
      : `${formatCount(released, 'node')} ${released === 1 ? 'is' : 'are'} released`
  if (Math.abs(saved) <= 1e-9 * initial.costPerHour) {
    return `${nodes}: ${formatMoney(objective.costPerHour)} an hour, as before${proof}.`
  }
  const share =
    initial.costPerHour > 0
      ? `, ${formatPercent(Math.abs(saved) / initial.costPerHour)} ${saved > 0 ? 'less' : 'more'}`
      : ''
  return `${nodes}: ${formatMoney(initial.costPerHour)} an hour become ${formatMoney(objective.costPerHour)}${share}${proof}.`
}

/** The figures that matter. */
export function tilesOf(
  problem: Problem | null,
  result: Result,
  verdict: Verdict | null,
  nodes: readonly DescribedNode[]
): Tile[] {
  const { objective } = result
  const checked = verdict === null ? [] : [verdictTile(verdict, result)]
  // Of what has no plan there is nothing that could be safe.
  if (objective === undefined) return verdict?.violations.length ? checked : []
  return [
    ...costTiles(problem, result, objective),
    ...usedTiles(nodes),
    ...planTiles(result, objective),
    ...proofTiles(problem, result),
    ...checked
  ]
}

type Objective = NonNullable<Result['objective']>

function costTiles(
  problem: Problem | null,
  { initial, releasedNodes, newNodes }: Result,
  objective: Objective
): Tile[] {
  const saved = initial.costPerHour - objective.costPerHour
  const idle = initial.listedCostPerHour - initial.costPerHour
  const bought = newNodes.filter(({ rented }) => rented !== true).length
  const known = problem === null ? '' : ` of ${formatAmount(problem.nodes.length)}`
  return [
    {
      label: 'Cost an hour',
      value: formatMoney(objective.costPerHour),
      detail: `${formatMoney(initial.costPerHour)} before${idle > 1e-9 * initial.listedCostPerHour ? `, ${formatMoney(initial.listedCostPerHour)} with idle nodes` : ''}`
    },
    {
      label: saved < 0 ? 'Costs more, a month' : 'Saves a month',
      value: formatRoundMoney(Math.abs(saved) * HOURS_A_MONTH),
      detail: `${formatRoundMoney(Math.abs(saved) * HOURS_A_YEAR)} a year`
    },
    {
      label: 'Nodes in use',
      value: formatAmount(objective.activeNodes),
      detail: [
        `${formatAmount(initial.activeNodes)} before`,
        `${formatAmount(releasedNodes.length)}${known} released`,
        ...(bought > 0 ? [`${formatAmount(bought)} bought`] : [])
      ].join(', ')
    }
  ]
}

/** How much is used of what is paid for: of devices where there are any. */
function usedTiles(nodes: readonly DescribedNode[]): Tile[] {
  const [after] = sumActiveUse(nodes, 'after')
  const before = sumActiveUse(nodes, 'before').find(({ resource }) => resource === after?.resource)
  if (after === undefined || before === undefined) return []
  return [
    {
      label: `Use of ${after.resource}`,
      value: formatPercent(after.used / after.capacity),
      detail: `${formatPercent(before.used / before.capacity)} before`
    }
  ]
}

function planTiles({ plan }: Result, { migrations, moveCost }: Objective): Tile[] {
  // Large letters have no room for minutes and seconds.
  const seconds = plan.makespanSeconds < 600 ? plan.makespanSeconds : 60 * Math.round(plan.makespanSeconds / 60)
  return [
    { label: 'Migrations', value: formatAmount(migrations), detail: `move cost ${formatAmount(moveCost)}` },
    {
      label: 'Takes',
      value: plan.steps.length === 0 ? 'nothing' : formatDuration(seconds),
      detail: `${seconds === plan.makespanSeconds ? '' : `${formatDuration(plan.makespanSeconds)}, `}${formatCount(plan.steps.length, 'step')}${plan.status === 'partial' ? ', a safe part of what was wished for' : ''}`
    }
  ]
}

function proofTiles(problem: Problem | null, { gap, bound }: Result): Tile[] {
  if (gap === undefined || bound === undefined || gap >= 1) {
    return [{ label: 'Proven gap', value: 'not known', detail: 'no bound is proven' }]
  }
  const isByHorizon = problem !== null && problem.objective.horizonHours !== null
  return [
    isByHorizon
      ? gapTile(
          gap,
          bound.total,
          `costs, moves and ${formatAmount(problem.objective.horizonHours ?? 0)} h together, less than`
        )
      : gapTile(gap, bound.costPerHour)
  ]
}

function verdictTile({ violations, confirmed }: Verdict, { violations: broken }: Result): Tile {
  if (violations.length > 0) {
    return { label: 'The checker', value: formatCount(violations.length, 'violation'), detail: 'told below' }
  }
  const said =
    confirmed === null ? 'every order of the steps is safe' : 'every order is safe, and the bound is recomputed'
  const left = broken.length === 0 ? '' : `; ${formatCount(broken.length, 'rule')} broken before and not repaired`
  return { label: 'The checker', value: 'valid', detail: `${said}${left}` }
}
