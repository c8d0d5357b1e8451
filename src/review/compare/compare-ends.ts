import type { DeviceIndices } from '../../../models/contract/quantities.js'
import { countBy, groupBy } from '../../../models/grouping.js'
import { isAlike } from '../../../models/rounding.js'
import { differingKeys } from './differing-keys.js'
import type { CountDifference, DeviceDifference, EndDifference } from './result-difference.js'

/** Where one replica ends. */
export interface End {
  readonly replica: string
  readonly deployment: string
  readonly node: string
  readonly devices: DeviceIndices
}

/** What tells a replica from others of its deployment. */
export interface Trait {
  /** Where it runs now. */
  readonly home: string
  readonly moveCost: number
  /** What holds it, such as a pin or its gang; the same of replicas that are held alike, empty where nothing does. */
  readonly hold: string
}

/** Where replicas end in two placements: real differences, apart from replicas that only changed places with others that are like them. */
export interface ComparedEnds {
  readonly counts: readonly CountDifference[]
  readonly replicas: readonly EndDifference[]
  readonly renamed: readonly EndDifference[]
  readonly devices: readonly DeviceDifference[]
}

/** Replicas of which no trait is given run nowhere: nothing holds them, and they cost nothing to move. */
export function compareEnds(
  before: ReadonlyMap<string, End>,
  after: ReadonlyMap<string, End>,
  traits: ReadonlyMap<string, Trait>
): ComparedEnds {
  const differ: EndDifference[] = []
  const devices: DeviceDifference[] = []
  for (const replica of new Set([...before.keys(), ...after.keys()])) {
    const [was, is] = [before.get(replica), after.get(replica)]
    const { deployment } = (was ?? is) as End
    if (was?.node !== is?.node) differ.push({ replica, deployment, before: was?.node ?? null, after: is?.node ?? null })
    else if (was !== undefined && is !== undefined && !hasSameDevices(was.devices, is.devices))
      devices.push({ replica, node: was.node, before: was.devices, after: is.devices })
  }
  const counts = differingCounts([...before.values()], [...after.values()])
  const alike = groupBy(differ, ({ replica, deployment }) =>
    JSON.stringify([deployment, traits.get(replica)?.hold ?? ''])
  )
  const priceOf = (round: readonly EndDifference[], when: 'before' | 'after') => {
    const movers = round.flatMap((one) => {
      const trait = traits.get(one.replica)
      return trait === undefined || one[when] === null || one[when] === trait.home ? [] : [trait]
    })
    return { migrations: movers.length, moveCost: movers.reduce((sum, { moveCost }) => sum + moveCost, 0) }
  }
  // Who stays at home in one of the two may move in the other.
  const isNeutral = (round: readonly EndDifference[]) => {
    const [was, is] = [priceOf(round, 'before'), priceOf(round, 'after')]
    return was.migrations === is.migrations && isAlike(was.moveCost, is.moveCost)
  }
  const exchanged = new Set(
    [...alike.values()].flatMap((own) => findExchanges(own)).flatMap((round) => (isNeutral(round) ? round : []))
  )
  return {
    counts,
    replicas: differ.filter((one) => !exchanged.has(one)),
    renamed: differ.filter((one) => exchanged.has(one)),
    devices: withoutExchanged(devices, before)
  }
}

/** Devices that differ, but for those that replicas of one deployment on one node hold between them before and after. */
function withoutExchanged(devices: readonly DeviceDifference[], ends: ReadonlyMap<string, End>): DeviceDifference[] {
  const alike = groupBy(devices, ({ replica, node }) => JSON.stringify([ends.get(replica)?.deployment, node]))
  return [...alike.values()].flatMap((group) => {
    const textOf = (held: DeviceIndices) =>
      JSON.stringify(
        Object.entries(held)
          .map(([name, indices]) => [name, [...indices].sort((left, right) => left - right)])
          .sort()
      )
    const after = group.map((one) => textOf(one.after)).sort()
    const isExchange = group
      .map((one) => textOf(one.before))
      .sort()
      .every((text, index) => text === after[index])
    return isExchange ? [] : group
  })
}

/**
 * Rounds of replicas that only changed places: each goes where another was, and so on round to the first. Where they end elsewhere are
 * edges between nodes, and those on cycles change no number.
 */
function findExchanges(differ: readonly EndDifference[]): EndDifference[][] {
  const open = groupBy(differ, ({ before }) => before)
  const rounds: EndDifference[][] = []
  for (const start of open.keys()) {
    const path: EndDifference[] = []
    const position = new Map([[start, 0]])
    for (let place: string | null = start; ; ) {
      const next = open.get(place)?.pop()
      if (next === undefined) {
        // Nothing leads on: whoever came here changed a number.
        const last = path.pop()
        position.delete(place)
        if (last === undefined) break
        place = last.before
        continue
      }
      path.push(next)
      place = next.after
      const at = position.get(place)
      if (at === undefined) position.set(place, path.length)
      else {
        const round = path.splice(at)
        rounds.push(round)
        for (const one of round) if (one.after !== place) position.delete(one.after)
      }
    }
  }
  return rounds
}

/** Copies of each deployment on each node, where the numbers differ. */
export function differingCounts(
  before: readonly Pick<End, 'deployment' | 'node'>[],
  after: readonly Pick<End, 'deployment' | 'node'>[]
): CountDifference[] {
  const keyOf = ({ deployment, node }: Pick<End, 'deployment' | 'node'>) => JSON.stringify([deployment, node])
  return differingKeys(countBy(before, keyOf), countBy(after, keyOf)).map(([key, counts]): CountDifference => {
    const [deployment, node] = JSON.parse(key) as [string, string]
    return { deployment, node, ...counts }
  })
}

function hasSameDevices(left: DeviceIndices, right: DeviceIndices): boolean {
  const keys = new Set([...Object.keys(left), ...Object.keys(right)])
  return [...keys].every((name) => {
    const [some, others] = [Object.hasOwn(left, name) ? left[name] : [], Object.hasOwn(right, name) ? right[name] : []]
    return some?.length === others?.length && some?.every((device) => others?.includes(device))
  })
}
