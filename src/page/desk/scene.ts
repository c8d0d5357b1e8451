import { type Cluster, indexCluster, isPinned } from '../../../models/checker/cluster.js'
import type { Step } from '../../../models/contract/plan.js'
import type { Problem } from '../../../models/contract/problem.js'
import type { Result } from '../../../models/contract/result.js'
import { costByMigrations } from '../../report/cluster/cost-path.js'
import { type DescribedNode, describeCluster, type Resident } from '../../report/cluster/describe-cluster.js'
import { describeFate } from '../../report/cluster/fate-words.js'
import { openPlayback } from '../../report/cluster/playback.js'
import { asSentence } from '../../report/html/capacity/answer-page.js'
import { PURPOSE } from '../../report/text/reason-words.js'
import { cellOf, rowOf } from './node-rows.js'
import type { ClusterView, FrameView, MoveView, NodeDetails, ResidentView } from './views.js'

/** A Problem and its Result as they are shown and played. */
export interface Scene {
  readonly cluster: ClusterView
  readonly nodes: readonly DescribedNode[]
  frame(step: number): FrameView
  details(row: number): NodeDetails
  moves(): readonly MoveView[]
}

export function openScene(problem: Problem, result: Result): Scene {
  const cluster = indexCluster(problem, result.newNodes, () => {})
  const playback = openPlayback(problem, result)
  const { nodes } = describeCluster(problem, result)
  const rows = nodes.map((node) => rowOf(node, playback.node(node.id)))
  const places = new Map(nodes.map(({ id }, row) => [id, row]))
  const rowsOf = (ids: readonly string[]) => ids.flatMap((id) => places.get(id) ?? [])
  const { steps } = result.plan
  return {
    cluster: { rows, steps: steps.length, seconds: playback.seconds, costs: costByMigrations(problem, result) },
    nodes,
    frame(step) {
      const moment = playback.at(step)
      return {
        step: moment.done,
        seconds: moment.seconds,
        costPerHour: moment.costPerHour,
        sentence: moment.sentence === '' ? '' : `${asSentence(moment.sentence)}.`,
        migrations: moment.migrations,
        changed: rowsOf(moment.changed).flatMap((row) => {
          const [described, state] = [rows[row], playback.node(nodes[row]?.id ?? '')]
          return described === undefined || state === undefined
            ? []
            : [[row, cellOf(state, described.resources)] as const]
        }),
        touched: moment.step === null ? [] : rowsOf(nodesOf(moment.step))
      }
    },
    details(row) {
      const node = nodes[row]
      if (node === undefined) throw new Error(`no node has the number ${row}`)
      return detailsOf(cluster, node, row)
    },
    moves: () => listMoves(problem, result)
  }
}

function nodesOf(step: Step): readonly string[] {
  return step.action === 'shift' ? [step.from, step.to] : [step.node]
}

function detailsOf(cluster: Cluster, node: DescribedNode, row: number): NodeDetails {
  const arrivals = (node.after?.residents ?? []).filter(({ role }) => role !== 'stays')
  const leaving = node.before?.residents ?? []
  return {
    row,
    labels: [...node.labels],
    reason: describeFate(node),
    residents: [
      ...leaving.map((resident) => ({ ...resident, pin: pinOf(cluster, resident) })),
      ...arrivals.map((resident) => ({ ...resident, pin: 'none' as const }))
    ]
  }
}

/** Whether a replica that is there before may be pinned. */
function pinOf(cluster: Cluster, { replica: id }: Resident): ResidentView['pin'] {
  const replica = id === null ? undefined : cluster.replicas.get(id)
  if (replica === undefined || replica.state === 'draining') return 'none'
  return isPinned(cluster, replica) ? 'fixed' : 'free'
}

/** The replicas that run and are elsewhere in the end, in the order in which they start there. */
function listMoves(problem: Problem, result: Result): MoveView[] {
  const homes = new Map(problem.replicas.map((replica) => [replica.id, replica]))
  const purposes = new Map((result.explanation.moves ?? []).map(({ replica, code }) => [replica, PURPOSE[code].phrase]))
  const order = new Map<string, number>()
  for (const [index, step] of result.plan.steps.entries()) {
    if (step.action === 'start' && !order.has(step.replica)) order.set(step.replica, index)
  }
  return result.placement
    .flatMap(({ replica, node }) => {
      const home = homes.get(replica)
      if (home === undefined || home.node === null || home.node === node) return []
      return [
        {
          replica,
          deployment: home.deployment,
          from: home.node,
          to: node,
          purpose: asSentence(purposes.get(replica) ?? '')
        }
      ]
    })
    .sort((one, other) => (order.get(one.replica) ?? 0) - (order.get(other.replica) ?? 0))
}
