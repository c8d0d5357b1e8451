import type { DeploymentOverride, RayOverrides } from '../overrides/overrides.js'
import { lookUp } from '../payloads/mappings.js'
import type { DeployedConfig } from '../payloads/serve-payload.js'
import { addAmounts, isDeviceResource } from '../resource-names.js'

type Amounts = Readonly<Record<string, number>>
type LabelTexts = Readonly<Record<string, string>>

export interface PlacementGroup {
  readonly strategy: 'PACK' | 'STRICT_PACK' | 'SPREAD' | 'STRICT_SPREAD'
  /** In names and units of Ray. */
  readonly bundles: readonly Amounts[]
  /** One for all bundles, or one each; empty: none. */
  readonly bundleSelectors: readonly LabelTexts[]
  readonly hasFallbacks: boolean
}

/**
 * The placement group of a replica; `none`: it has none; null: nobody knows. Ray does not show it, so only two sources count. What the
 * operator says comes first. The config file that was deployed is trusted as far as it goes: it overrides code where it names
 * bundles, null for none included, and where it limits replicas per node there can be no group. What it leaves out may still be in code.
 */
export function findPlacementGroup(
  override: DeploymentOverride | undefined,
  config: DeployedConfig | undefined,
  defaults: RayOverrides['defaults']
): PlacementGroup | 'none' | null {
  if (override?.placementGroup === 'none') return 'none'
  if (override?.placementGroup !== undefined) {
    const { bundles, strategy, bundleLabelSelector = [] } = override.placementGroup
    return { bundles, strategy, bundleSelectors: bundleLabelSelector, hasFallbacks: false }
  }
  if (typeof override?.maxReplicasPerNode === 'number') return 'none'
  const bundles = config?.placement_group_bundles
  if (config !== undefined && bundles != null) {
    return {
      bundles,
      strategy: config.placement_group_strategy ?? 'PACK',
      bundleSelectors: config.placement_group_bundle_label_selector ?? [],
      hasFallbacks: (config.placement_group_fallback_strategy ?? []).length > 0
    }
  }
  if (bundles === null || config?.max_replicas_per_node != null) return 'none'
  return defaults.placementGroup ?? null
}

/**
 * Bundles on one node as one demand; null where that would say something else. Each bundle has devices of its own, so fractions of
 * several bundles are no number of devices: two halves may be on one device, or on two.
 */
export function asOneDemand(bundles: readonly Amounts[]): ReadonlyMap<string, number> | null {
  const sums = addAmounts(bundles.flatMap((bundle) => Object.entries(bundle)))
  for (const resource of sums.keys()) {
    if (!isDeviceResource(resource)) continue
    const parts = bundles.map((bundle) => lookUp(bundle, resource) ?? 0).filter((amount) => amount > 0)
    if (parts.length > 1 && parts.some((amount) => !Number.isInteger(amount))) return null
  }
  return sums
}
