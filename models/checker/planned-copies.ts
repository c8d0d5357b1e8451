import type { Replica } from '../contract/problem.js'
import type { Result } from '../contract/result.js'
import { type Cluster, type ClusterDeployment, type ClusterNode, type Copy, initialCopies } from './cluster.js'
import type { PlannedSteps } from './planned-steps.js'
import type { Precedence } from './precedence.js'
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

/** A replica on a node, with all steps of a plan there, each after those that it waits for. */
interface Place {
  readonly replica: string
  readonly deployment: ClusterDeployment
  readonly node: ClusterNode
  readonly listed: Replica | undefined
  readonly initial: Copy | undefined
  readonly starts: number[]
  readonly drains: number[]
  readonly stops: number[]
}

/** How a life begins. */
type Beginning = Pick<PlannedCopy, 'start' | 'wait' | 'readyAtOutset' | 'startingAtOutset' | 'devices'>

/** The copies that a plan begins with and makes. Steps on copies that are not surely there are reported. */
export function readCopies(cluster: Cluster, result: Result, planned: PlannedSteps, report: Report): PlannedCopy[] {
  return [...readPlaces(cluster, result, planned).values()].flatMap((place) =>
    readLives(planned, place, beginningsOf(planned, place), report)
  )
}

function readPlaces(cluster: Cluster, result: Result, { steps, precedence, deploymentOf }: PlannedSteps) {
  const places = new Map<string, Place>()
  const keyOf = (replica: string, node: string) => JSON.stringify([replica, node])
  for (const copy of initialCopies(cluster, result.assumedDevices)) {
    const { replica, deployment, node } = copy
    const listed = cluster.replicas.get(replica)
    const place = { replica, deployment, node, listed, initial: copy, starts: [], drains: [], stops: [] }
    places.set(keyOf(replica, node.id), place)
  }
  for (const index of precedence.order) {
    const step = steps[index]
    if (step?.action !== 'start' && step?.action !== 'drain' && step?.action !== 'stop') continue
    const { replica } = step
    const deployment = deploymentOf.get(replica)
    const node = cluster.nodes.get(step.node)
    if (deployment === undefined || node === undefined) continue
    const key = keyOf(replica, node.id)
    const listed = cluster.replicas.get(replica)
    const fresh = { replica, deployment, node, listed, initial: undefined, starts: [], drains: [], stops: [] }
    const place: Place = places.get(key) ?? fresh
    places.set(key, place)
    place[`${step.action}s`].push(index)
  }
  return places
}

/** How the lives in one place begin: at the outset, and with every start that is no mere wait. */
function beginningsOf({ steps, precedence }: PlannedSteps, { listed, initial, starts, stops }: Place): Beginning[] {
  const beginnings: Beginning[] = []
  let rest = starts
  if (initial !== undefined) {
    const startingAtOutset = listed?.state === 'starting'
    const first = starts[0]
    const waits = first !== undefined && startingAtOutset && !stops.some((stop) => precedence.isBefore(stop, first))
    if (waits) rest = starts.slice(1)
    const wait = waits ? first : undefined
    const readyAtOutset = listed?.state === 'running'
    beginnings.push({ start: undefined, wait, readyAtOutset, startingAtOutset, devices: initial.devices })
  }
  for (const start of rest) {
    const step = steps[start]
    const devices = step?.action === 'start' ? step.devices : undefined
    beginnings.push({ start, wait: undefined, readyAtOutset: false, startingAtOutset: false, devices })
  }
  return beginnings
}

/** Gives each life its drain and its stop; in a sound plan the lives in one place surely follow each other. */
function readLives(
  { steps, precedence }: PlannedSteps,
  place: Place,
  beginnings: readonly Beginning[],
  report: Report
): PlannedCopy[] {
  const { replica, deployment, node, listed, drains, stops } = place
  const idOf = (index: number | undefined) => (index === undefined ? '' : (steps[index]?.id ?? ''))
  let nextDrain = 0
  let nextStop = 0
  const lives = beginnings.map((beginning, order) => {
    const { start } = beginning
    const later = beginnings[order + 1]?.start
    const candidate = stops[nextStop]
    const isOwn = candidate !== undefined && isBetween(precedence, start, candidate, later)
    const stop = isOwn ? candidate : undefined
    if (isOwn) nextStop++
    else if (later !== undefined) {
      report('order', idOf(later), `${idOf(later)}: a copy of ${replica} may still be on ${node.id}`)
    }
    const drain = drains[nextDrain]
    if (drain === undefined || !isBetween(precedence, start, drain, stop)) {
      return { replica, deployment, node, listed, ...beginning, stop, drain: undefined }
    }
    nextDrain++
    return { replica, deployment, node, listed, ...beginning, stop, drain }
  })
  for (const index of [...drains.slice(nextDrain), ...stops.slice(nextStop)]) {
    report('order', idOf(index), `${idOf(index)}: ${replica} is not surely on ${node.id} then, or leaves it already`)
  }
  return lives
}

/** Whether a step surely comes after one and before another; those that are left out do not matter. */
function isBetween(precedence: Precedence, first: number | undefined, step: number, last: number | undefined): boolean {
  if (first !== undefined && !precedence.isBefore(first, step)) return false
  return last === undefined || precedence.isBefore(step, last)
}
