import type { Simulation } from '../../simulation/simulation.js'
import type { SimulatedStep } from '../../simulation/timeline.js'
import { groupSteps, type StepRow } from '../cluster/step-rows.js'

/** Steps that belong together, and what came of them. */
export interface Row extends StepRow<SimulatedStep> {
  /** Of a replica that stops before it starts elsewhere: from when on nothing of it serves; until it starts, or to the end. */
  readonly down: { readonly first: number; readonly last: number } | undefined
  /** What became of it: done, and well, or the worst that any of its steps came to. */
  readonly end: string
  readonly isGood: boolean
}

type OpenRow = StepRow<SimulatedStep>

const WORST_FIRST = ['stuck', 'undoing', 'running', 'failed', 'undone', 'waiting', 'cancelled'] as const

const DONE: Readonly<Record<string, string>> = {
  cordon: 'cordoned',
  uncordon: 'opened',
  provision: 'got',
  release: 'released'
}

/** Steps by migration, and then by node, in the order in which they were begun. */
export function readRows(simulation: Simulation): Row[] {
  const { execution, events } = simulation
  const died = new Set(events.flatMap((event) => (event.kind === 'node-died' ? [event.node] : [])))
  const beginOf = ({ steps }: OpenRow) =>
    Math.min(...steps.map((step) => step.startSeconds ?? Number.POSITIVE_INFINITY))
  const endOf = (row: OpenRow): string => {
    if (row.isNode && died.has(row.subject)) return 'died'
    if (row.isNode && execution.unreturnedNodes.includes(row.subject)) return 'still rented'
    const isLost = execution.moves.some(
      ({ outcome, replica, to }) => outcome === 'lost' && replica === row.subject && to === (row.to ?? null)
    )
    if (!row.isNode && isLost) return 'lost'
    const worst = WORST_FIRST.find((state) => row.steps.some((step) => step.state === state))
    return worst ?? (row.isNode ? (DONE[row.steps.at(-1)?.action ?? ''] ?? 'done') : 'done')
  }
  return groupSteps(simulation.steps)
    .map((row) => ({ row, at: beginOf(row) }))
    .sort(
      (left, right) =>
        Number(left.row.isNode) - Number(right.row.isNode) || (left.at === right.at ? 0 : left.at - right.at)
    )
    .map(({ row }) => {
      const end = endOf(row)
      return {
        ...row,
        end,
        isGood: end === 'done' || Object.values(DONE).includes(end),
        down: readGap(row, simulation)
      }
    })
}

/** When nothing of a replica was there, of a row in which it goes first. */
function readGap({ isNode, steps, to }: OpenRow, { seconds }: Simulation): Row['down'] {
  const start = steps.findIndex(({ action }) => action === 'start')
  if (isNode || start <= 0 || to === undefined) return undefined
  const stop = steps.slice(0, start).find(({ action }) => action === 'stop')
  if (stop === undefined || stop.state !== 'done' || stop.endSeconds === null) return undefined
  const { state, endSeconds } = steps[start] as SimulatedStep
  return { first: stop.endSeconds, last: state === 'done' ? (endSeconds ?? seconds) : seconds }
}
