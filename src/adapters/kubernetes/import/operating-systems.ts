import { labelOf } from '../../../../models/instance/selector.js'
import type { ImportedNode } from './node-roster.js'
import { adaptGroup, type Scene } from './scene.js'
import type { WorkloadGroup } from './workload-groups.js'

const SYSTEM = 'kubernetes.io/os'

/**
 * Operating systems, where nodes have several: the scheduler passes over what a pod was built for, but the kubelet turns it away, or it
 * cannot run. A pod that does not say what it needs needs what it runs on.
 */
export function translateOperatingSystems(scene: Scene): void {
  const { roster, groups } = scene
  const systems = new Set(roster.nodes.flatMap((node) => systemOf(node) ?? []))
  for (const group of groups) {
    const own = group.spec.os?.name ?? systemUnder(group)
    if (own === undefined) continue
    const others = [...systems].filter((system) => system !== own)
    const predicate = group.conditions.toPredicate()
    const isOpen = (node: ImportedNode) => others.includes(systemOf(node) ?? own) && roster.admits(node, predicate)
    if (!roster.nodes.some(isOpen)) continue
    group.conditions.forbidValues(SYSTEM, others)
    roster.keep(SYSTEM)
    adaptGroup(scene, group, 'operating-system', `it is for ${own}, so it may not start on ${others.join(' or ')}`)
  }
}

function systemOf({ labels }: ImportedNode): string | undefined {
  return labelOf(labels, SYSTEM)
}

/** The system of all nodes that have pods of a workload; undefined where there are none, or several. */
function systemUnder({ live, draining }: WorkloadGroup): string | undefined {
  const systems = new Set([...live, ...draining].flatMap(({ node }) => (node === null ? [] : [systemOf(node)])))
  return systems.size === 1 ? [...systems][0] : undefined
}
