import type { Certificate } from '../contract/certificate.js'
import type { Fleet } from './fleet.js'
import type { FleetRow } from './linking.js'

/** What the certificate calls things, as indices of the fleet; `flaws` say what is not there, is there twice, or is left out. */
export interface ReadNames {
  readonly flaws: readonly string[]
  /** [index in the certificate] index in the fleet. */
  readonly deployments: readonly number[]
  readonly kinds: readonly number[]
  readonly groups: readonly number[]
  readonly rows: readonly FleetRow[]
}

export function readNames(fleet: Fleet, certificate: Certificate, known: ReadonlyMap<string, FleetRow>): ReadNames {
  const flaws: string[] = []
  const deployments = certificate.deployments.map(({ deployment, headroom = false }) =>
    fleet.deployments.findIndex(({ id, isHeadroom }) => id === deployment && isHeadroom === headroom)
  )
  const kinds = certificate.kinds.map(({ node, nodeType }) =>
    node !== undefined ? (fleet.kindOfNode.get(node) ?? -1) : (fleet.kindOfType.get(nodeType ?? '') ?? -1)
  )
  const groups = certificate.groups.map(({ node }) => fleet.groupOfNode.get(node) ?? -1)
  expectEach('deployments', deployments, fleet.deployments.length, flaws)
  expectEach('kinds', kinds, fleet.kinds.length, flaws)
  if (groups.length > 0) expectEach('groups', groups, fleet.groups.length, flaws)
  for (const [index, { nodes }] of certificate.kinds.entries()) {
    const actual = fleet.kinds[kinds[index] as number]?.nodes
    if (actual !== undefined && actual !== nodes) flaws.push(`kind ${index} has ${actual} nodes, not ${nodes}`)
  }
  for (const [index, { nodes }] of certificate.groups.entries()) {
    const actual = fleet.groups[groups[index] as number]?.ids.length
    if (actual !== undefined && actual !== nodes) flaws.push(`group ${index} has ${actual} nodes, not ${nodes}`)
  }
  const seen = new Set<string>()
  const rows = certificate.rows.flatMap((name) => {
    const row = known.get(name)
    const isOfGroups = name === 'migrations' || name === 'move cost' || name.startsWith('migrations of ')
    if (row === undefined || seen.has(name)) flaws.push(`the Problem has no row ‘${name}’, or it stands there twice`)
    else if (isOfGroups && groups.length === 0) flaws.push(`the row ‘${name}’ says nothing without groups`)
    seen.add(name)
    return row === undefined ? [] : [row]
  })
  return { flaws, deployments, kinds, groups, rows }
}

function expectEach(name: string, found: readonly number[], count: number, flaws: string[]): void {
  const distinct = new Set(found.filter((index) => index >= 0))
  if (distinct.size === count && found.length === count) return
  flaws.push(
    `the Problem has ${count} ${name}, the certificate names ${distinct.size} of them in ${found.length} entries`
  )
}
