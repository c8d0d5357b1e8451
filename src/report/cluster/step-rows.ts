import type { Step } from '../../../models/contract/plan.js'

/** A step as far as rows need it: a plan's, or one as it went. */
export interface RowStep {
  readonly action: Step['action']
  readonly replica?: string
  /** Of a shift: where requests go from then on. */
  readonly node: string
  /** Only of a shift. */
  readonly from?: string
}

/** What belongs together: a migration, or one leg of it; a copy that comes, goes, or goes and comes back; what is done to a node. */
export interface StepRow<Given> {
  /** A replica, or a node. */
  readonly subject: string
  readonly isNode: boolean
  readonly from: string | undefined
  to: string | undefined
  readonly steps: Given[]
}

/** A step of a plan for `groupSteps`. */
export function asRowStep(step: Step): RowStep & Pick<Step, 'startSeconds' | 'endSeconds'> {
  const { action, startSeconds, endSeconds } = step
  return {
    action,
    ...('replica' in step ? { replica: step.replica } : {}),
    node: step.action === 'shift' ? step.to : step.node,
    ...(step.action === 'shift' ? { from: step.from } : {}),
    startSeconds,
    endSeconds
  }
}

/** Steps by migration and by node, in the order in which each comes first in the list. */
export function groupSteps<Given extends RowStep>(steps: readonly Given[]): StepRow<Given>[] {
  type OpenRow = StepRow<Given>
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
