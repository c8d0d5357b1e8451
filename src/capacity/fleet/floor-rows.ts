import type { Study } from '../../../models/contract/study.js'
import type { LinkingRow } from '../../../models/formulations/linking-rows.js'
import type { FleetKind } from './fleet.js'

/** The availability floors as rows, with the deployment of each: copies on nodes that cannot be taken away ≥ floor × replicas. */
export function floorRows(
  { deployments, availability }: Study,
  kinds: readonly FleetKind[]
): { readonly rows: LinkingRow[]; readonly deployments: readonly number[] } {
  const hasSpot = kinds.some(({ market }) => market === 'spot')
  const bound = deployments.flatMap(({ floor = availability.floor }, index) => (hasSpot && floor > 0 ? [index] : []))
  const rows = bound.map(
    (index): LinkingRow => ({
      name: `floor of ${deployments[index]?.id}`,
      // Depends on the replicas of the period.
      least: 0,
      copy: (kind, deployment) => Number(deployment === index && kinds[kind]?.market !== 'spot')
    })
  )
  return { rows, deployments: bound }
}
