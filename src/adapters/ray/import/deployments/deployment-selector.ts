import type { NodeSelector } from '../../../../../models/contract/quantities.js'
import type { ImportNotes } from '../import-notes.js'
import { type Conjunction, readSelector, SELECTOR_FORM } from '../labels/label-conditions.js'
import type { NodeChoices } from '../labels/node-choice.js'
import { ACCELERATOR_LABEL, type ClusterNodes } from '../nodes/cluster-nodes.js'
import { ACCELERATOR_PREFIX } from '../resource-names.js'
import { placeOf, type RayDeployment, type ReplicaShape } from './ray-deployment.js'

/**
 * The nodes on which replicas may start: its label selector, or one of its fallbacks; the labels of its bundles; and the accelerator
 * that it asks for, where labels of nodes say which they have. That Ray tries fallbacks in order is not said.
 */
export function selectNodes(
  deployment: RayDeployment,
  { group, parts }: ReplicaShape,
  choices: NodeChoices,
  isLabel: ClusterNodes['isLabel'],
  notes: ImportNotes
): NodeSelector {
  const { override, details } = deployment
  const options = details.deployment_config?.ray_actor_options ?? {}
  const read = (selector: Readonly<Record<string, string>>, ...path: readonly PropertyKey[]) =>
    readSelector(selector, (label, found) => {
      notes.issues.push({ path: placeOf(deployment, ...path, label), found, expected: SELECTOR_FORM })
    })
  const accelerators = acceleratorConditions(parts, isLabel)
  const own = read(override.labelSelector ?? options.label_selector ?? {}, 'label_selector')
  const bundles = (group?.bundleSelectors ?? []).flatMap((selector) => read(selector, 'bundle_label_selector'))
  const fallbacks =
    override.fallbackStrategy?.map(({ labelSelector }) => labelSelector) ??
    (options.fallback_strategy ?? []).map(({ label_selector }) => label_selector ?? {})
  // Those of a placement group are another matter: with them replicas are pinned.
  const further = group === null ? fallbacks.map((selector) => read(selector, 'fallback_strategy')) : []
  const always = [...bundles, ...accelerators]
  const { selector, isUnion } = choices.selectorOf([own, ...further].map((each) => [...each, ...always]))
  if (isUnion) {
    const reason = 'its label selector and its fallbacks count alike, whereas Ray tries them in order'
    notes.adapted.push({ kind: 'Deployment', id: deployment.id, code: 'fallback-strategy', reason })
  }
  return selector
}

function acceleratorConditions(parts: ReplicaShape['parts'], isLabel: ClusterNodes['isLabel']): Conjunction {
  const accelerators = parts.flatMap((part) => [...part.keys()].filter(isLabel))
  return [...new Set(accelerators)].map((name) => ({
    label: ACCELERATOR_LABEL,
    isDenied: false,
    values: [name.slice(ACCELERATOR_PREFIX.length)]
  }))
}
