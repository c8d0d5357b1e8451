import type { Progress } from './progress.js'
import { isFinal, isGood, type StepRecord } from './step-record.js'

/** Of these nodes, opens those again that were closed in vain, and gives back those that were got in vain. */
export function takeNodesBack(progress: Progress, nodes: Iterable<string>): void {
  const { graph, records } = progress
  for (const node of nodes) {
    const indices = graph.at.get(node) ?? []
    if (progress.lostNodes.has(node)) continue
    const here = indices.map((index) => records[index] as StepRecord)
    const releases = here.filter(({ step }) => step.action === 'release')
    const copySteps = here.filter(({ step }) => 'replica' in step)
    if (!copySteps.every(({ state }) => isFinal(state))) continue
    // Where the cluster has changed, others may be there by now, and want it open.
    const isNeverReleased = releases.every(
      ({ state, fault }) => state === 'cancelled' || (state === 'failed' && fault === 'changed')
    )
    for (const record of here) {
      if (record.state !== 'done' || !isNeverReleased) continue
      if (record.step.action === 'cordon' && releases.length > 0 && !isOpenedLater(here))
        progress.set(record, 'undoing')
      if (record.step.action === 'provision' && isEmptyInVain(copySteps)) progress.set(record, 'undoing')
    }
  }
}

/** Whether a step of the plan opens the node, now or later. */
function isOpenedLater(here: readonly StepRecord[]): boolean {
  return here.some(({ step, state }) => step.action === 'uncordon' && state !== 'cancelled' && state !== 'failed')
}

/** Whether copies were to come, not all came, and none is here. A node that was got for headroom alone is not in vain. */
function isEmptyInVain(copySteps: readonly StepRecord[]): boolean {
  const starts = copySteps.filter(({ step }) => step.action === 'start')
  const remains = (replica: string) =>
    !copySteps.some(({ step, state }) => step.action === 'stop' && step.replica === replica && isGood(state))
  const isHere = starts.some(
    ({ step, state }) => (state === 'done' || state === 'stuck') && 'replica' in step && remains(step.replica)
  )
  return !isHere && starts.some(({ state }) => !isGood(state))
}
