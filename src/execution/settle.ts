import { findLostReplicas } from './lost-replicas.js'
import { takeNodesBack } from './node-leftovers.js'
import type { PlanGraph } from './plan-graph.js'
import type { Progress } from './progress.js'
import { failStep, failUndo, takeBack } from './step-failure.js'
import { isBad, isGood, type StepRecord } from './step-record.js'

/**
 * Draws what follows from where things are, until nothing does: cancels what can no longer begin, passes over what a lost node made
 * needless, and takes back what is left over. Only where something went wrong is there anything: then everywhere once, and again after
 * a halt or the loss of a node; else around what has changed.
 */
export function settle(progress: Progress): void {
  const { records, graph, changed } = progress
  while (changed.size > 0 || progress.isAllOpen) {
    if (!progress.isTroubled) {
      changed.clear()
      return
    }
    const isEverywhere = progress.isAllOpen
    const around = isEverywhere ? graph.order : stepsAround(progress)
    const nodes = isEverywhere ? graph.at.keys() : new Set([...changed].flatMap((index) => nodesOf(graph, index)))
    changed.clear()
    progress.isAllOpen = false
    // What still waits after a halt is what goes on.
    const goesOn = isEverywhere ? whatGoesOn(progress) : null
    for (const index of around)
      settleStep(progress, records[index] as StepRecord, goesOn === null || goesOn[index] === true)
    takeNodesBack(progress, nodes)
    findLostReplicas(progress)
  }
}

/** Whose state may follow from what has changed: those that wait for it, and what belongs to the same move; in the order of the plan. */
function stepsAround({ graph, changed }: Progress): number[] {
  const around = new Set<number>()
  for (const index of changed) {
    const { start = -1, shift = -1, drain = -1, stop = -1 } = graph.moveOf[index] ?? {}
    for (const each of [index, start, shift, drain, stop, ...(graph.followers[index] as readonly number[])]) {
      if (each >= 0) around.add(each)
    }
  }
  return [...around].sort((left, right) => (graph.position[left] as number) - (graph.position[right] as number))
}

function nodesOf({ steps }: PlanGraph, index: number): string[] {
  const step = steps[index] as PlanGraph['steps'][number]
  return step.action === 'shift' ? [step.from, step.to] : [step.node]
}

function settleStep(progress: Progress, record: StepRecord, goesOn: boolean): void {
  const { state, index, step } = record
  const isGone = progress.isLost(record)
  if (state === 'waiting') {
    const reason = whyCancelled(progress, record, goesOn)
    if (reason !== null) progress.set(record, 'cancelled', reason)
    else if (isGone && progress.ready.has(index) && step.action !== 'shift') {
      progress.set(record, 'skipped', `${step.node} is gone`)
    }
  } else if (state === 'running' && !record.isOpen && isGone) failStep(progress, record, 'node-lost')
  else if (state === 'undoing' && !record.isOpen && isGone && step.action !== 'shift') failUndo(progress, record)
  else if (state === 'done' && step.action === 'start') {
    const shift = progress.stateOf(progress.graph.moveOf[index]?.shift ?? -1)
    if (shift === 'cancelled' || shift === 'undone') takeBack(progress, record)
  }
}

/** Why a step that has not begun never will; null: it may. */
function whyCancelled(progress: Progress, { index, step }: StepRecord, goesOn: boolean): string | null {
  const { graph, records, lostNodes } = progress
  for (const before of graph.after[index] as number[]) {
    const { state, step: cause } = records[before] as StepRecord
    if (isBad(state)) return `${cause.id} is ${state}`
  }
  const move = graph.moveOf[index]
  if ((step.action === 'start' || step.action === 'provision') && lostNodes.has(step.node))
    return `${step.node} is gone`
  if (step.action === 'shift' && lostNodes.has(step.to)) return `${step.to} is gone`
  if (move !== undefined && index === (move.drain >= 0 ? move.drain : move.stop) && move.shift >= 0) {
    // The old copy is the last one; it is not for this plan to remove it.
    if (isGood(records[move.shift]?.state ?? 'waiting') && lostNodes.has(move.to ?? '')) return `${move.to} is gone`
  }
  return progress.halt === null || goesOn ? null : progress.halt.reason
}

/** After a halt: which of the steps that have not begun still may. Migrations in flight end, and nodes emptied by them are released. */
function whatGoesOn(progress: Progress): boolean[] {
  const { graph, records, halt } = progress
  const goesOn: boolean[] = []
  if (halt === null) return goesOn
  const owed = whatIsOwed(progress)
  const hasBegun = (index: number) => ['running', 'done', 'skipped'].includes(records[index]?.state ?? '')
  for (const index of graph.order) {
    const { step, state } = records[index] as StepRecord
    const before = graph.after[index] as number[]
    if (state !== 'waiting' || !before.every((each) => hasBegun(each) || goesOn[each] === true)) continue
    const move = graph.moveOf[index]
    if (owed.has(index)) goesOn[index] = true
    else if (move !== undefined && step.action !== 'start') {
      goesOn[index] = hasBegun(move.start >= 0 ? move.start : step.action === 'stop' ? move.drain : -1)
    } else if (step.action === 'uncordon') goesOn[index] = before.length > 0
    // Who knows what else is on the node when the cluster is not what it was.
    else if (step.action === 'release') goesOn[index] = before.length > 0 && halt.reason !== 'changed'
  }
  return goesOn
}

/** The starts of replicas that have gone first, and all that has to be done before: nothing of them runs until then. */
function whatIsOwed({ graph, records }: Progress): Set<number> {
  const owed = new Set<number>()
  for (const { departure, arrival } of graph.comebacks) {
    const first = records[departure.drain >= 0 ? departure.drain : departure.stop]?.state
    if (first === 'running' || first === 'done' || first === 'skipped') owed.add(arrival.start)
  }
  for (const index of owed) for (const before of graph.after[index] as readonly number[]) owed.add(before)
  return owed
}
