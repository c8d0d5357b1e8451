import { verifyPlacement } from '../../models/checker/verify-placement.js'
import { describeValue, formatPath } from '../../models/contract/describe-input.js'
import type { InputIssue } from '../../models/contract/input-issues.js'
import { InputError } from '../../models/contract/parse.js'
import type { Assignment, Placement } from '../../models/contract/placement.js'
import type { DeviceIndices } from '../../models/contract/quantities.js'
import { describeTarget } from '../../models/instance/describe-target.js'
import type { Instance, InstanceCopy, InstanceDeployment } from '../../models/instance/instance.js'
import type { Newcomer, Place, Target } from '../../models/instance/packing.js'
import { readDevices } from './adopt-placement.js'
import { chooseDevices } from './choose-devices.js'

/**
 * Reads a placement by names into the indices of an instance that has adopted it. Devices that are left out are chosen.
 *
 * Throws InputError for everything by which it is no legal placement of the Problem: unknown names, replicas placed twice,
 * too many or too few of a deployment, moved pins, devices that do not suit, and whatever else the checker finds.
 */
export function readTarget(instance: Instance, placement: Placement): Target {
  const issues: InputIssue[] = []
  const read = new TargetReader(instance, issues)
  for (const [order, entry] of placement.placement.entries()) read.assignment(['placement', order], entry)
  for (const [order, entry] of placement.headroom.entries()) read.headroom(['headroom', order], entry)
  const named = read.target()
  if (issues.length > 0) throw new InputError('placement', issues)
  const target = chooseDevices(instance, named)
  const violations = verifyPlacement(instance.problem, describeTarget(instance, target))
  // Which of several alike goes where is for the migration to say.
  const illegal = violations.filter(({ code }) => code !== 'naming')
  if (illegal.length > 0) {
    throw new InputError(
      'placement',
      illegal.map(({ code, message }) => ({
        path: code,
        found: message,
        expected: 'a placement that the Problem allows'
      }))
    )
  }
  return target
}

class TargetReader {
  readonly #nodes: ReadonlyMap<string, number>
  readonly #deployments: ReadonlyMap<string, number>
  readonly #copies: ReadonlyMap<string, InstanceCopy>
  readonly #owners: ReadonlyMap<string, string>
  readonly #seen = new Set<string>()
  readonly #places: (Place | null)[]
  readonly #newcomers: Newcomer[] = []
  readonly #headroom: (Place & { readonly deployment: number })[] = []
  /** Copies placed, by deployment. */
  readonly #placed: Int32Array

  constructor(
    readonly instance: Instance,
    readonly issues: InputIssue[]
  ) {
    this.#nodes = new Map(instance.nodes.map(({ id }, index) => [id, index]))
    this.#deployments = new Map(instance.problem.deployments.map(({ id }, index) => [id, index]))
    this.#copies = new Map(instance.copies.map((copy) => [copy.id, copy]))
    this.#owners = new Map(instance.problem.replicas.map(({ id, deployment }) => [id, deployment]))
    this.#places = instance.copies.map(() => null)
    this.#placed = new Int32Array(instance.realDeployments)
  }

  assignment(path: readonly PropertyKey[], entry: Assignment): void {
    const { replica } = entry
    const known = this.#owners.get(replica)
    const owner = this.#deployments.get(known ?? entry.deployment ?? '')
    const node = this.#node(path, entry.node)
    if (this.#seen.has(replica)) this.#report([...path, 'replica'], replica, 'each replica once')
    this.#seen.add(replica)
    if (owner === undefined) {
      this.#report([...path, 'replica'], replica, 'a replica of the Problem, or a known "deployment" beside a new one')
    } else if (known !== undefined && entry.deployment !== undefined && entry.deployment !== known) {
      this.#report([...path, 'deployment'], entry.deployment, `${describeValue(known)}, of which this replica is`)
    } else if (known === undefined && !isNewName(replica, entry.deployment ?? '')) {
      const name = describeValue(`${entry.deployment}-new-1`)
      this.#report([...path, 'replica'], replica, `a replica of the Problem, or a new one named as ${name}`)
    }
    if (owner === undefined || node === undefined) return
    this.#placed[owner] = (this.#placed[owner] as number) + 1
    const devices = this.#devices(path, owner, node, entry.devices)
    const copy = this.#copies.get(replica)
    if (copy === undefined) this.#newcomers.push({ id: replica, deployment: owner, node, devices })
    else this.#places[copy.index] = this.#placeOf(path, copy, { node, devices })
  }

  headroom(path: readonly PropertyKey[], { deployment, node: id, devices }: Placement['headroom'][number]): void {
    const node = this.#node(path, id)
    const owner = this.#deployments.get(deployment)
    if (owner === undefined) this.#report([...path, 'deployment'], deployment, 'the id of a deployment of the Problem')
    else if (node !== undefined)
      this.#headroom.push({ deployment: owner, node, devices: this.#devices(path, owner, node, devices) })
  }

  target(): Target {
    return {
      copies: this.#places,
      newcomers: this.#newcomers,
      headroom: this.#headroom,
      unplaced: this.instance.deployments
        .slice(0, this.instance.realDeployments)
        .flatMap((deployment) => this.#missing(deployment))
    }
  }

  /** Where a copy that exists goes: it may have to stay, and keeps its devices where it stays. */
  #placeOf(path: readonly PropertyKey[], copy: InstanceCopy, place: Place): Place {
    const home = this.instance.nodes[copy.node]?.id ?? ''
    if (copy.state === 'draining') {
      this.#report([...path, 'replica'], copy.id, 'no replica that is draining: it is leaving')
    } else if (place.node !== copy.node) {
      if (copy.hold === 'pinned')
        this.#report(
          [...path, 'node'],
          this.instance.nodes[place.node]?.id,
          `${describeValue(home)}, to which it is pinned`
        )
      return place
    } else if (
      place.devices.some((held, position) => held.length > 0 && !isSameSet(held, copy.devices[position] ?? []))
    ) {
      this.#report(
        [...path, 'devices'],
        place.devices.flat(),
        `the devices that it holds on ${describeValue(home)}: a running copy cannot change them`
      )
    }
    return { node: copy.node, devices: copy.devices }
  }

  #node(path: readonly PropertyKey[], id: string): number | undefined {
    const node = this.#nodes.get(id)
    if (node === undefined)
      this.#report([...path, 'node'], id, 'the id of a node of the Problem, or of one in "newNodes" that it sells')
    return node
  }

  /** Devices by position, in the number that the demand asks for and within the node; all of them or none. */
  #devices(
    path: readonly PropertyKey[],
    deployment: number,
    node: number,
    devices: DeviceIndices | undefined
  ): number[][] {
    const { deviceResources, resources } = this.instance
    const { demand } = this.instance.deployments[deployment] as InstanceDeployment
    const amounts = new Map(deviceResources.map((resource) => [resources[resource] as string, resource]))
    for (const [name, held] of Object.entries(devices ?? {})) {
      const resource = amounts.get(name) ?? -1
      const amount = demand[resource] ?? 0
      const wanted = amount > 0 && amount < 1 ? 1 : Math.round(amount)
      const capacity = this.instance.nodes[node]?.capacity[resource] ?? 0
      if (held.length !== wanted || new Set(held).size !== held.length || held.some((device) => device >= capacity)) {
        const expected = `${wanted} different indices below ${capacity}, for a demand of ${amount}`
        this.#report([...path, 'devices', name], held, expected)
      }
    }
    return readDevices(this.instance, devices)
  }

  /** Wanted replicas that the placement leaves out, where that is allowed. */
  #missing({ index, id, desired, placed, pending }: InstanceDeployment): Target['unplaced'][number][] {
    const have = this.#placed[index] as number
    const isBestEffort = this.instance.problem.pending === 'best-effort'
    const least = isBestEffort ? Math.min(desired, placed) : desired
    if (have < least || have > desired) {
      const expected = least < desired ? `${least} to ${desired}` : String(desired)
      this.issues.push({ path: 'placement', found: `${have} replicas of ${describeValue(id)}`, expected })
      return []
    }
    const names = pending.filter((name) => !this.#seen.has(name))
    for (let number = 1; names.length < desired - have; number++) {
      const name = `${id}-new-${number}`
      if (!this.#seen.has(name) && !this.#owners.has(name)) names.push(name)
    }
    return names.slice(0, desired - have).map((name) => ({ id: name, deployment: index }))
  }

  #report(path: readonly PropertyKey[], found: unknown, expected: string): void {
    this.issues.push({ path: formatPath(path), found: describeValue(found), expected })
  }
}

/** Replicas that the Problem does not list are named `<deployment>-new-<k>`. */
function isNewName(replica: string, deployment: string): boolean {
  const prefix = `${deployment}-new-`
  return replica.startsWith(prefix) && /^\d+$/.test(replica.slice(prefix.length))
}

function isSameSet(left: readonly number[], right: readonly number[]): boolean {
  return left.length === right.length && left.every((device) => right.includes(device))
}
