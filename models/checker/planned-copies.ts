import type { Replica } from '../contract/problem.js'
import type { Result } from '../contract/result.js'
import type { Cluster, Copy } from './cluster.js'
import { initialCopies } from './cluster.js'
import type { PlannedSteps } from './planned-steps.js'
import type { Report } from './violations.js'

/** One life of a copy in a plan, by the indices of its steps. It begins at the outset or with a start. */
export interface PlannedCopy extends Copy {
  readonly replica: string
  readonly listed: Replica | undefined
  /** undefined: there from the outset. */
  readonly start: number | undefined
  /** Only for a copy that is starting at the outset: the step that waits until it is ready. */
  readonly wait: number | undefined
  /** undefined: it stays. */
  readonly stop: number | undefined
  readonly drain: number | undefined
  /** Ready, or starting, at the outset. */
  readonly readyAtOutset: boolean
  readonly startingAtOutset: boolean
}

interface CopySteps {
  readonly starts: number[]
  readonly drains: number[]
  readonly stops: number[]
}

/** The copies that a plan begins with and makes. Steps on copies that are not surely there are reported. */
export function readCopies(cluster: Cluster, result: Result, planned: PlannedSteps, report: Report): PlannedCopy[] {
  const initial = new Map(initialCopies(cluster, result.assumedDevices).map((copy) => [keyOf(copy), copy]))
  const byPlace = groupSteps(planned)
  for (const key of initial.keys()) if (!byPlace.has(key)) byPlace.set(key, { starts: [], drains: [], stops: [] })
  const copies: PlannedCopy[] = []
  for (const [key, steps] of byPlace) readLives(cluster, planned, steps, initial.get(key), copies, report)
  return copies
}

/** Whether a copy is never started, only waited for or there already. */
export function isInitial(copy: PlannedCopy): boolean {
  return copy.start === undefined
}

function keyOf({ replica, node }: Copy): string {
  return JSON.stringify([replica, node.id])
}

/** The steps on each pair of replica and node, each after those that it waits for. */
function groupSteps({ steps, precedence }: PlannedSteps): Map<string, CopySteps> {
  const groups = new Map<string, CopySteps>()
  for (const index of precedence.order) {
    const step = steps[index]
    if (step?.action !== 'start' && step?.action !== 'drain' && step?.action !== 'stop') continue
    const key = JSON.stringify([step.replica, step.node])
    const group = groups.get(key) ?? { starts: [], drains: [], stops: [] }
    groups.set(key, group)
    group[`${step.action}s`].push(index)
  }
  return groups
}

/** Splits the steps on one pair of replica and node into lives; in a sound plan they follow each other surely. */
function readLives(
  cluster: Cluster,
  { steps, precedence, deploymentOf }: PlannedSteps,
  { starts, drains, stops }: CopySteps,
  initial: Copy | undefined,
  copies: PlannedCopy[],
  report: Report
): void {
  const sample = steps[(starts[0] ?? drains[0] ?? stops[0]) as number]
  const named = sample !== undefined && 'replica' in sample && 'node' in sample ? sample : undefined
  const replica = initial?.replica ?? named?.replica
  const deployment = initial?.deployment ?? deploymentOf.get(replica ?? '')
  const node = initial?.node ?? cluster.nodes.get(named?.node ?? '')
  if (replica === undefined || deployment === undefined || node === undefined) return
  const isBefore = (first: number | undefined, second: number | undefined) =>
    first === undefined || second === undefined || precedence.isBefore(first, second)
  const place = { replica, deployment, node, listed: cluster.replicas.get(replica) }
  const idOf = (index: number | undefined) => (index === undefined ? '' : (steps[index]?.id ?? ''))

  let nextStart = 0
  let nextDrain = 0
  let nextStop = 0
  const addLife = (life: Pick<PlannedCopy, 'start' | 'wait' | 'readyAtOutset' | 'startingAtOutset' | 'devices'>) => {
    const later = starts[nextStart]
    const candidate = stops[nextStop]
    const stop =
      candidate !== undefined && isBefore(life.start, candidate) && isBefore(candidate, later) ? candidate : undefined
    if (stop !== undefined) nextStop++
    if (later !== undefined && stop === undefined) {
      report('order', idOf(later), `${idOf(later)}: a copy of ${replica} may still be on ${node.id}`)
    }
    let drain: number | undefined
    while (nextDrain < drains.length) {
      const next = drains[nextDrain]
      if (next === undefined || !isBefore(life.start, next) || !isBefore(next, stop)) break
      drain ??= next
      nextDrain++
    }
    copies.push({ ...place, ...life, stop, drain })
  }
  if (initial !== undefined) {
    const starting = place.listed?.state === 'starting'
    const first = starts[0]
    const waits = starting && first !== undefined && !stops.some((stop) => precedence.isBefore(stop, first))
    if (waits) nextStart = 1
    const ready = place.listed?.state === 'running'
    const devices = initial.devices
    addLife({
      start: undefined,
      wait: waits ? first : undefined,
      readyAtOutset: ready,
      startingAtOutset: starting,
      devices
    })
  }
  while (nextStart < starts.length) {
    const start = starts[nextStart++]
    const step = start === undefined ? undefined : steps[start]
    const devices = step?.action === 'start' ? step.devices : undefined
    addLife({ start, wait: undefined, readyAtOutset: false, startingAtOutset: false, devices })
  }
  for (const index of [...drains.slice(nextDrain), ...stops.slice(nextStop)]) {
    report('order', idOf(index), `${idOf(index)}: ${replica} is not surely on ${node.id} then`)
  }
}
