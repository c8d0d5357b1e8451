import { describeValue, formatPath } from '../../../../models/contract/describe-input.js'
import type { InstanceCopy } from '../../../../models/instance/instance.js'
import { listed } from '../../../result/conflict/words.js'
import type { Edit } from '../edits.js'
import { onlyStep, type Proposal } from '../proposal.js'
import type { Scene } from '../scene.js'

/** What holds replicas or nodes by name, let go: pins, gangs, nodes that are kept, closed or to be emptied. */
export function proposeHolds(scene: Scene): Proposal[] {
  return [...withoutPins(scene), ...withoutGangs(scene), ...openNodes(scene)]
}

function withoutPins({ problem, residents, instance, suspects }: Scene): Proposal[] {
  const indices = indicesOf(problem)
  const isNamed = ({ id, deployment }: InstanceCopy) =>
    suspects.has(formatPath(['replicas', indices.get(id) as number, 'movable'])) ||
    suspects.has(formatPath(['deployments', deployment, 'movable']))
  const isPinned = ({ hold }: InstanceCopy) => hold === 'pinned'
  const held = residents.filter(isPinned).map(({ id }) => id)
  const named = instance.copies.filter((copy) => isPinned(copy) && isNamed(copy))
  return [held, ...named.map(({ id }) => [id])]
    .filter((ids) => ids.length > 0)
    .map((ids) => ({
      kind: 'pin',
      weight: 4,
      ...onlyStep({ edits: editsOf(indices, ids, 'movable', true), words: `${listed(ids)} may move` })
    }))
}

function withoutGangs({ problem, residents, suspects }: Scene): Proposal[] {
  const gangs = new Set([
    ...residents.filter(({ hold }: InstanceCopy) => hold === 'gang').map(({ gang }) => gang),
    ...problem.replicas
      .filter((_, index) => suspects.has(formatPath(['replicas', index, 'gang'])))
      .map(({ gang }) => gang)
  ])
  if (gangs.size === 0) return []
  const members = problem.replicas.filter(({ gang }) => gang !== undefined && gangs.has(gang))
  return [
    {
      kind: 'gang',
      weight: 4,
      ...onlyStep({
        edits: editsOf(
          indicesOf(problem),
          members.map(({ id }) => id),
          'gang',
          undefined
        ),
        words: `the gang ${listed([...gangs].map(String))} may move one by one`
      })
    }
  ]
}

/** Where each replica is listed. */
function indicesOf({ replicas }: Scene['problem']): ReadonlyMap<string, number> {
  return new Map(replicas.map(({ id }, index) => [id, index]))
}

function editsOf(indices: ReadonlyMap<string, number>, ids: readonly string[], key: string, to: unknown): Edit[] {
  return ids.map((id) => ({ path: ['replicas', indices.get(id) as number, key], to }))
}

function openNodes({ problem, node, suspects }: Scene): Proposal[] {
  return problem.nodes.flatMap(({ id, releasable, acceptsReplicas, mustEmpty }, index): Proposal[] => {
    const found: Proposal[] = []
    const name = describeValue(id)
    const closed = suspects.get(formatPath(['nodes', index, 'acceptsReplicas']))
    if (index === node && !releasable)
      found.push({
        kind: 'releasable',
        weight: 5,
        ...onlyStep({ edits: [{ path: ['nodes', index, 'releasable'], to: true }], words: `${name} may be given back` })
      })
    if (!acceptsReplicas && closed !== undefined)
      found.push({
        kind: 'cordon',
        weight: 1 + closed,
        ...onlyStep({
          edits: [{ path: ['nodes', index, 'acceptsReplicas'], to: true }],
          words: `${name} takes replicas again`
        })
      })
    if (mustEmpty && suspects.has(formatPath(['nodes', index, 'mustEmpty'])))
      found.push({
        kind: 'must-empty',
        weight: 2,
        ...onlyStep({
          edits: [{ path: ['nodes', index, 'mustEmpty'], to: false }],
          words: `${name} may keep what it has`
        })
      })
    return found
  })
}
