import { stayIsLegal } from '../../../models/checker/broken-rules.js'
import type { DeviceIndices } from '../../../models/contract/quantities.js'
import type { Instance, InstanceCopy, InstanceDeployment, InstanceNode } from '../../../models/instance/instance.js'
import type { Place, Target } from '../../../models/instance/packing.js'
import { stateOf } from '../../plan-migration.js'
import { keepAtHome } from '../../result/match-start.js'
import { accountMoves, type MoveAccount, orderLeavers } from '../../search/move-account.js'
import type { PackingState } from '../../search/packing-state.js'
import { totalOf } from '../../search/worth.js'
import type { PlannedReplica } from '../planned-moves.js'

/** What an end state is worth. */
export interface TrialWorth extends MoveAccount {
  readonly costPerHour: number
  /** The primary objective. */
  readonly total: number
}

/** The end of a plan without one replica, which is put here and there. */
export class Trial {
  /** The node where it runs; −1: nowhere. */
  readonly home: number
  /** The node on which it ends; −1: none. */
  readonly planned: number
  readonly state: PackingState
  readonly plannedWorth: TrialWorth
  /** By how much the final rules are broken in the plan, each. */
  readonly plannedExcess: readonly number[]
  /** Whether the gate of the Problem judges the plan: where what there is may not stay, it does not. */
  readonly isGated: boolean
  readonly #holdsDevices: boolean
  /** Accounts of moves by what tells nodes apart for them. */
  readonly #accounts = new Map<string, MoveAccount>()

  constructor(
    readonly instance: Instance,
    readonly target: Target,
    readonly subject: PlannedReplica
  ) {
    const { copies, deployments, deviceResources, finalRules } = instance
    this.state = stateOf(instance, target)
    this.isGated = stayIsLegal(instance.problem)
    this.home = copies[subject.copy]?.node ?? -1
    this.planned = subject.node
    const { demand } = deployments[subject.deployment] as InstanceDeployment
    this.#holdsDevices = deviceResources.some((resource) => (demand[resource] as number) > 0)
    this.plannedExcess = finalRules.map((_, rule) => this.state.rules.final.excessOf(rule))
    if (this.planned >= 0) this.#takeOut()
    this.plannedWorth =
      this.planned >= 0
        ? this.worthAt(this.planned)
        : { ...accountMoves(instance, this.state.stays), ...this.#cost(-1) }
  }

  get copy(): InstanceCopy | undefined {
    return this.instance.copies[this.subject.copy]
  }

  get deployment(): InstanceDeployment {
    return this.instance.deployments[this.subject.deployment] as InstanceDeployment
  }

  /** Whether a node hosts others in the end, or is paid anyway. */
  isActive(node: number): boolean {
    return this.state.isActive(node)
  }

  /** The end state with the replica on a node, recomputed. */
  worthAt(node: number): TrialWorth {
    return { ...this.accountAt(node), ...this.#cost(node) }
  }

  /** Migrations with the replica on a node, replicas of its deployment named so that the fewest move. */
  accountAt(node: number): MoveAccount {
    const { instance, state, subject } = this
    const { deployment } = subject
    const isHome = node === this.home
    const left = [...state.leavers(deployment)].filter((copy) => instance.copies[copy]?.node === node)
    const key = isHome ? 'home' : left.length === 0 || this.#holdsDevices ? 'away' : `node ${node}`
    const known = this.#accounts.get(key)
    if (known !== undefined) return known
    const stays = state.stays.slice()
    if (subject.copy >= 0) stays[subject.copy] = isHome ? 1 : 0
    if (!this.#holdsDevices) {
      const leaving = new Set(
        instance.copies.flatMap((copy) =>
          copy.deployment === deployment && copy.state !== 'draining' && copy.hold === 'none' && stays[copy.index] === 0
            ? [copy.index]
            : []
        )
      )
      const arrivals = state.arrivals.flat().filter((arrival) => arrival.deployment === deployment)
      const all = new Set(leaving)
      keepAtHome(instance, leaving, isHome ? arrivals : [...arrivals, { deployment, node }])
      for (const copy of all) if (!leaving.has(copy)) stays[copy] = 1
    }
    const account = this.#asMover(accountMoves(instance, stays), stays)
    this.#accounts.set(key, account)
    return account
  }

  /** An account in which the replica moves, where a dearer one would be stopped as surplus in its stead. */
  #asMover(account: MoveAccount, stays: Uint8Array): MoveAccount {
    const { copy, deployment, instance } = this
    if (copy === undefined || stays[copy.index] === 1 || deployment.surplus === 0) return account
    const leavers = instance.copies.filter(
      (other) => other.deployment === deployment.index && other.state !== 'draining' && stays[other.index] === 0
    )
    const moved = orderLeavers(leavers).slice(0, Math.max(0, leavers.length - deployment.surplus))
    const instead = moved.includes(copy) ? undefined : moved.at(-1)
    return instead === undefined
      ? account
      : { ...account, moveCost: account.moveCost + copy.moveCost - instead.moveCost }
  }

  /** The devices that it would take on a node; undefined where it holds none. */
  devicesAt(node: number): DeviceIndices | undefined {
    const { deviceResources, resources } = this.instance
    const held = deviceResources.flatMap((resource, position): [string, number[]][] => {
      const indices = this.#placeAt(node).devices[position] ?? []
      return indices.length === 0 ? [] : [[resources[resource] as string, [...indices]]]
    })
    return held.length === 0 ? undefined : Object.fromEntries(held)
  }

  /** The target of the plan, but for the replica on another node. */
  targetAt(node: number): Target {
    const { target, subject } = this
    const place = this.#placeAt(node)
    if (subject.copy >= 0)
      return { ...target, copies: target.copies.map((own, index) => (index === subject.copy ? place : own)) }
    const { id, deployment } = subject
    return {
      ...target,
      newcomers: [...target.newcomers.filter((newcomer) => newcomer.id !== id), { id, deployment, ...place }],
      unplaced: target.unplaced.filter((one) => one.id !== id)
    }
  }

  #placeAt(node: number): Place {
    const { copy } = this
    if (copy !== undefined && node === this.home) return { node, devices: copy.devices }
    return { node, devices: this.state.seat(this.subject.deployment, node) ?? [] }
  }

  #cost(node: number): Pick<TrialWorth, 'costPerHour' | 'total'> {
    const { nodes, problem } = this.instance
    const costPerHour = nodes.reduce(
      (sum, own: InstanceNode) => sum + (own.index === node || this.isActive(own.index) ? own.costPerHour : 0),
      0
    )
    const moveCost = problem.objective.horizonHours === null || node < 0 ? 0 : this.accountAt(node).moveCost
    return { costPerHour, total: totalOf(problem.objective, costPerHour, moveCost) }
  }

  /** Takes the replica out of its place in the plan. */
  #takeOut(): void {
    const { state, subject } = this
    if (!subject.starts) {
      state.leave(subject.copy)
      return
    }
    const place =
      subject.copy >= 0 ? this.target.copies[subject.copy] : this.target.newcomers.find(({ id }) => id === subject.id)
    const here = state.arrivals[subject.node] ?? []
    const alike = here.filter(({ deployment }) => deployment === subject.deployment)
    const own = alike.find(({ devices }) => JSON.stringify(devices) === JSON.stringify(place?.devices)) ?? alike[0]
    if (own !== undefined) state.remove(own)
  }
}
