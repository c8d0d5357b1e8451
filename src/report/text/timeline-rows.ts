import type { Simulation } from '../../simulation/simulation.js'
import type { SimulatedStep } from '../../simulation/timeline.js'

/** What belongs together: a migration, or one leg of it; a copy that comes, goes, or goes and comes back; what is done to a node. */
export interface Row {
  /** A replica, or a node. */
  readonly subject: string
  readonly isNode: boolean
  readonly from: string | undefined
  to: string | undefined
  readonly steps: SimulatedStep[]
  /** Of a replica that stops before it starts elsewhere: from when on nothing of it serves; until it starts, or to the end. */
  readonly down: { readonly first: number; readonly last: number } | undefined
  /** What became of it: done, and well, or the worst that any of its steps came to. */
  readonly end: string
  readonly isGood: boolean
}

type OpenRow = { -readonly [Key in 'subject' | 'isNode' | 'from' | 'to' | 'steps']: Row[Key] }

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

function groupSteps(steps: readonly SimulatedStep[]): OpenRow[] {
  const rows: OpenRow[] = []
  const open = new Map<string, OpenRow>()
  /** By replica, the row in which it has gone. */
  const gone = new Map<string, OpenRow>()
  const begin = (row: OpenRow) => {
    rows.push(row)
    return row
  }
  const keyOf = (...parts: readonly string[]) => JSON.stringify(parts)
  // A leg begins with its start, is named by its shift, and ends with the stop of the old copy.
  const sources = new Map(
    steps.flatMap(({ action, replica, node, from }) =>
      action === 'shift' && replica !== undefined && from !== undefined ? [[keyOf(replica, node), from] as const] : []
    )
  )
  for (const step of steps) {
    const { action, replica, node } = step
    if (replica === undefined) {
      const key = keyOf(node)
      const row = open.get(key) ?? begin({ subject: node, isNode: true, from: undefined, to: undefined, steps: [] })
      open.set(key, row)
      row.steps.push(step)
    } else if (action === 'start') {
      const from = sources.get(keyOf(replica, node))
      const before = from === undefined ? gone.get(replica) : undefined
      gone.delete(replica)
      const row = before ?? begin({ subject: replica, isNode: false, from, to: node, steps: [] })
      row.to = node
      row.steps.push(step)
      open.set(keyOf(replica, node, 'to'), row)
      if (from !== undefined) open.set(keyOf(replica, from, 'from'), row)
    } else if (action === 'shift') open.get(keyOf(replica, node, 'to'))?.steps.push(step)
    else {
      const key = keyOf(replica, node, 'from')
      const known = open.get(key)
      const row = known ?? begin({ subject: replica, isNode: false, from: node, to: undefined, steps: [] })
      open.set(key, row)
      if (row.to === undefined) gone.set(replica, row)
      row.steps.push(step)
    }
  }
  return rows
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
