import type { Plan, Step } from '../../../../models/contract/plan.js'
import type { Problem, Replica } from '../../../../models/contract/problem.js'
import type { StepOf } from '../../../execution/driver.js'
import { NODE_ID_LABEL } from '../import/nodes/cluster-nodes.js'

/** A step that Ray has no way to do, and why. */
export interface InexpressibleStep {
  readonly step: string
  readonly reason: string
}

/** The steps of a plan that no sequence of node drains does. */
export function findInexpressibleSteps(problem: Problem, { steps }: Plan): InexpressibleStep[] {
  const scene = new Scene(problem, steps)
  return steps.flatMap((step) => {
    const reason = whyInexpressible(scene, step)
    return reason === null ? [] : [{ step: step.id, reason }]
  })
}

function whyInexpressible(scene: Scene, step: Step): string | null {
  switch (step.action) {
    case 'provision':
      return 'Ray gets nodes by its autoscaler alone'
    case 'uncordon':
      return 'a drain cannot be taken back'
    case 'cordon':
      return whyNotDrained(scene, step)
    case 'start':
      return whyNotStarted(scene, step)
    case 'stop':
      return whyNotStopped(scene, step)
    default:
      return null
  }
}

function whyNotDrained(scene: Scene, { node }: StepOf<'cordon'>): string | null {
  const listed = scene.nodes.get(node)
  if (listed?.labels[NODE_ID_LABEL] === undefined) return `${node} has no label ${NODE_ID_LABEL}`
  if (!listed.releasable) return `${node} is not to be given back`
  const stays = scene.copiesOn(node).find((replica) => !scene.stops.has(copyKey(replica, node)))
  return stays === undefined ? null : `a drain moves every replica, and ${stays} is to stay`
}

function whyNotStarted(scene: Scene, { id, replica, node, after }: StepOf<'start'>): string | null {
  const cordon = scene.cordons.get(node)
  if (cordon !== undefined && !scene.before(cordon).has(id)) return 'nothing starts on a node that drains'
  const listed = scene.replicas.get(replica)
  if (listed === undefined || listed.node === null || listed.node === node) return null
  const source = scene.sources.get(copyKey(replica, node))
  if (source === undefined) return 'Serve starts a replacement first and stops the old replica then'
  const leaving = scene.cordons.get(source)
  if (leaving === undefined) return `one replica of ${source} moves, and the node is not drained`
  if (!after.includes(leaving.id)) return `it does not wait for ${leaving.id}, which begins the drain`
  const late = after.find((each) => each !== leaving.id && !scene.before(leaving).has(each))
  return late === undefined ? null : `Serve starts all replacements of a node at once, and this one waits for ${late}`
}

function whyNotStopped(scene: Scene, { replica, node }: StepOf<'stop'>): string | null {
  const moves = scene.sourceKeys.has(copyKey(replica, node))
  return moves && !scene.cordons.has(node) ? `one replica of ${node} moves, and the node is not drained` : null
}

/** Problem and plan, by what is asked of them. */
class Scene {
  readonly replicas: ReadonlyMap<string, Replica>
  readonly nodes: ReadonlyMap<string, Problem['nodes'][number]>
  readonly cordons: ReadonlyMap<string, StepOf<'cordon'>>
  /** Where a replica that goes to a node comes from. */
  readonly sources: ReadonlyMap<string, string>
  /** Copies that are replaced by others. */
  readonly sourceKeys: ReadonlySet<string>
  readonly stops: ReadonlySet<string>
  readonly #copies = new Map<string, Set<string>>()
  readonly #steps: ReadonlyMap<string, Step>
  readonly #before = new Map<string, ReadonlySet<string>>()

  constructor(problem: Problem, steps: readonly Step[]) {
    this.replicas = new Map(problem.replicas.map((replica) => [replica.id, replica]))
    this.nodes = new Map(problem.nodes.map((node) => [node.id, node]))
    this.#steps = new Map(steps.map((step) => [step.id, step]))
    const all = <Kind extends Step['action']>(action: Kind) =>
      steps.filter((step): step is StepOf<Kind> => step.action === action)
    this.cordons = new Map(all('cordon').map((step) => [step.node, step]))
    this.sources = new Map(all('shift').map(({ replica, from, to }) => [copyKey(replica, to), from]))
    this.sourceKeys = new Set(all('shift').map(({ replica, from }) => copyKey(replica, from)))
    this.stops = new Set(all('stop').map(({ replica, node }) => copyKey(replica, node)))
    for (const { id, node, state } of problem.replicas) if (node !== null && state !== 'draining') this.#host(id, node)
    for (const { replica, node } of all('start')) this.#host(replica, node)
  }

  /** Who is on a node at some moment. */
  copiesOn(node: string): string[] {
    return [...(this.#copies.get(node) ?? [])]
  }

  /** The steps that have ended before a cordon begins. */
  before(cordon: StepOf<'cordon'>): ReadonlySet<string> {
    const known = this.#before.get(cordon.id)
    if (known !== undefined) return known
    const earlier = new Set<string>()
    const open = [...cordon.after]
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      if (earlier.has(id)) continue
      earlier.add(id)
      open.push(...(this.#steps.get(id)?.after ?? []))
    }
    this.#before.set(cordon.id, earlier)
    return earlier
  }

  #host(replica: string, node: string): void {
    this.#copies.set(node, (this.#copies.get(node) ?? new Set<string>()).add(replica))
  }
}

function copyKey(replica: string, node: string): string {
  return JSON.stringify([replica, node])
}
