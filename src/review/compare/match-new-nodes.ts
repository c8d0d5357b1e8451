import type { Result } from '../../../models/contract/result.js'
import { appendTo, groupBy } from '../../../models/grouping.js'

type Bought = Pick<Result, 'newNodes' | 'placement'>

/** Bought nodes beyond which those with other contents are matched in their order: comparing all with all takes too long. */
const MOST_COMPARED = 300

/**
 * What bought nodes of one Result are called in another: bought nodes of one type are alike, so those are matched that host the same, then those that
 * host most of the same. Those without a partner keep their names, or get one that is not taken.
 */
export function matchNewNodes(
  before: Bought,
  after: Bought,
  ownerOf: (replica: string, given?: string) => string
): Map<string, string> {
  const names = new Map<string, string>()
  const [contentsBefore, contentsAfter] = [contentsOf(before, ownerOf), contentsOf(after, ownerOf)]
  const open = groupBy(before.newNodes, ({ type }) => type)
  for (const [type, nodes] of groupBy(after.newNodes, ({ type }) => type)) {
    const known = new Map((open.get(type) ?? []).map(({ id }) => [id, contentsBefore.get(id) ?? []]))
    const bySignature = new Map<string, string[]>()
    for (const [id, contents] of known) appendTo(bySignature, contents.join('\n'), id)
    const take = (id: string, partner: string) => {
      names.set(id, partner)
      known.delete(partner)
    }
    const others = nodes.filter(({ id }) => {
      const alike = bySignature.get((contentsAfter.get(id) ?? []).join('\n')) ?? []
      const at = Math.max(0, alike.indexOf(id))
      const [partner] = alike.splice(at, 1)
      if (partner !== undefined) take(id, partner)
      return partner === undefined
    })
    const isLong = known.size > MOST_COMPARED
    for (const { id } of others) {
      const partner = isLong ? known.keys().next().value : mostAlike(id, contentsAfter.get(id) ?? [], known)
      if (partner !== undefined) take(id, partner)
    }
  }
  const taken = new Set([...before.newNodes.map(({ id }) => id), ...names.values()])
  for (const { id } of after.newNodes) {
    if (names.has(id)) continue
    let name = id
    while (taken.has(name)) name += "'"
    taken.add(name)
    names.set(id, name)
  }
  return names
}

function contentsOf(
  { placement }: Bought,
  ownerOf: (replica: string, given?: string) => string
): Map<string, string[]> {
  const contents = new Map<string, string[]>()
  for (const { replica, deployment, node } of placement) appendTo(contents, node, ownerOf(replica, deployment))
  for (const list of contents.values()) list.sort()
  return contents
}

/** The one with most in common; of those as good the one of the same name, then the first. */
function mostAlike(
  id: string,
  contents: readonly string[],
  known: ReadonlyMap<string, readonly string[]>
): string | undefined {
  let best: string | undefined
  let most = -1
  for (const [other, theirs] of known) {
    const left = [...theirs]
    const common = contents.filter((name) => {
      const at = left.indexOf(name)
      if (at >= 0) left.splice(at, 1)
      return at >= 0
    }).length
    const score = common + (other === id ? 0.5 : 0)
    if (score > most) [best, most] = [other, score]
  }
  return best
}
