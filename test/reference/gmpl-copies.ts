import type { Deployment, Problem, Replica } from '../../models/contract/problem.js'
import type { GmplSection } from './gmpl-section.js'
import { lookUp } from './look-up.js'

/** A copy that runs or starts now (`listed`), one that is still to come, or one that only holds room. */
export interface ReferenceCopy {
  readonly deployment: number
  readonly listed: Replica | null
  readonly isHeadroom: boolean
}

/** The copies of a Problem: those that run, then for each deployment those still to come, then headroom. */
export function copiesOf({ deployments, replicas, headroom }: Problem): ReferenceCopy[] {
  const indexOf = new Map(deployments.map(({ id }, index) => [id, index]))
  const live = replicas.filter(({ state }) => state !== 'draining')
  const running = live.filter(({ node }) => node !== null)
  const count = (list: readonly Replica[], id: string) => list.filter(({ deployment }) => deployment === id).length
  const copies = (id: string, length: number, isHeadroom: boolean) =>
    Array.from({ length }, (): ReferenceCopy => ({ deployment: indexOf.get(id) as number, listed: null, isHeadroom }))
  return [
    ...running.map((listed) => ({ deployment: indexOf.get(listed.deployment) as number, listed, isHeadroom: false })),
    ...deployments.flatMap(({ id, replicas: wanted = count(live, id) }) =>
      copies(id, Math.max(0, wanted - count(running, id)), false)
    ),
    ...headroom.flatMap(({ deployment, replicas: wanted }) => copies(deployment, wanted, true))
  ]
}

/** Writes what the model has to know of each copy. */
export function writeCopies(
  section: GmplSection,
  { deployments, nodes }: Problem,
  copies: readonly ReferenceCopy[],
  resources: readonly string[]
): void {
  const nodeOf = new Map<string | null, number>(nodes.map(({ id }, index) => [id, index + 1]))
  const gangs = [...new Set(copies.flatMap(({ listed }) => listed?.gang ?? []))]
  const running = (name: string, standard: number, value: (replica: Replica, deployment: Deployment) => number) =>
    section.table(name, standard, copies, ({ deployment, listed }) =>
      listed === null ? null : value(listed, deployments[deployment] as Deployment)
    )
  const names = copies.flatMap(({ listed }) => listed?.id ?? [])
  section.comment('running copies', names)
  section.table('of', null, copies, ({ deployment }) => deployment + 1)
  running('home', 0, ({ node }) => nodeOf.get(node) as number)
  const room = copies.flatMap(({ isHeadroom }, index) => (isHeadroom ? [index + 1] : []))
  section.set('HEADROOM', room)
  running('move_cost', 1, (replica, { moveCost }) => replica.moveCost ?? moveCost)
  running('pinned', 0, (replica, { movable }) => Number(!(replica.movable ?? movable)))
  running('pinned_itself', 0, ({ movable }) => Number(movable === false))
  running('starting', 0, ({ state }) => Number(state === 'starting'))
  running('gang', 0, ({ gang }) => (gang === undefined ? 0 : gangs.indexOf(gang) + 1))
  for (const [index, { listed }] of copies.entries()) {
    for (const [position, resource] of resources.entries()) {
      section.set(`holds[${index + 1},${position + 1}]`, lookUp(listed?.devices ?? {}, resource) ?? [])
    }
  }
}
