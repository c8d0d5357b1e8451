/** Family tight: nodes that are 92 % full, and a placement five moves a node away from theirs, one in five on a cycle. */
import { at, resources } from './crowd.mjs'
import { between, pick, seededRandom, shuffle } from './random.mjs'
import { KINDS, TightCluster } from './tight-cluster.mjs'
import { findCycles, Walk, weigh } from './tight-moves.mjs'

/** @import { PlacementInput, ProblemInput } from 'replica-compactor' */
/** @import { Random } from './random.mjs' */
/** @import { Seat } from './tight-cluster.mjs' */

/**
 * @typedef {object} TightCase
 * @property {ProblemInput} problem
 * @property {PlacementInput} placement
 * @property {number} moves
 * @property {string[][]} cycles Replicas each of which goes where the next one is, and where there is no room beside that one.
 * @property {string[]} emptied Nodes that host something before and nothing after.
 */

const MOVES_A_NODE = 5
const CYCLE_SHARE = 0.2
/** Shares of the nodes: idle before and cheaper, to be emptied if there is room elsewhere, with no moves but those on cycles. */
const IDLE = 0.05
const IDLE_PRICE = 0.3
const LEAVING = 0.06
const QUIET = 0.15
/** Replicas of an ordinary deployment. */
const CROWD = 24

/** @type {(count: number, seed: number) => TightCase} */
export function makeTight(count, seed) {
  const random = seededRandom(seed)
  const cluster = new TightCluster(count, random)
  const roles = giveRoles(cluster.kinds, random)
  const nodes = roles.map((_, node) => node)
  for (const node of nodes) if (at(roles, node) !== 'idle') cluster.fill(node)
  const { seats } = cluster
  const before = seats.map(({ node, devices }) => ({ node, devices }))

  const isSteady = (/** @type {number} */ node) => at(roles, node) === 'quiet' || at(roles, node) === 'busy'
  const wanted = MOVES_A_NODE * count
  const rings = findCycles(cluster, Math.round(CYCLE_SHARE * wanted), (node) => at(roles, node) === 'quiet', isSteady)
  const onCycles = new Set(rings.flat())
  const deploymentOf = formDeployments(seats, onCycles, (seat) => isSteady(seat.node), random)
  const number = (/** @type {Seat} */ seat) => deploymentOf.get(seat) ?? { index: -1, isSmall: true }

  const movable = seats.filter((seat) => at(roles, seat.node) === 'busy' && !number(seat).isSmall)
  const walk = new Walk(cluster, movable, (seat) => number(seat).index)
  const open = nodes.filter((node) => at(roles, node) === 'busy' || at(roles, node) === 'idle')
  const leaving = seats.filter(({ node }) => at(roles, node) === 'leaving')
  // Node by node, so that those that are emptied are empty, and the largest first.
  leaving.sort((left, right) => left.node - right.node || weigh(right) - weigh(left))
  const spare = open.filter((node) => at(roles, node) === 'idle')
  for (const seat of leaving) walk.evacuate(seat, open, spare)
  walk.wander(wanted - onCycles.size, open)
  rotate(rings)
  const moves = walk.moved.length + onCycles.size

  const used = new Set(seats.map(({ node }) => node))
  const emptied = nodes.filter((node) => at(roles, node) !== 'idle' && !used.has(node)).map((node) => `n${node}`)
  const names = nameReplicas(seats, (seat) => number(seat).index)
  const describe = (/** @type {Seat} */ seat, /** @type {{ node: number, devices: number[] }} */ place) => ({
    node: `n${place.node}`,
    ...(seat.shape.gpu > 0 ? { devices: { gpu: [...place.devices].sort((left, right) => left - right) } } : {})
  })
  /** @type {ProblemInput} */
  const problem = {
    schemaVersion: 1,
    name: `tight-${count}-${seed}`,
    source:
      `generated: family tight, ${count} nodes, seed ${seed}; its placement makes ${moves} moves, ` +
      `${onCycles.size} of them on ${rings.length} cycles, and empties ${emptied.length} nodes (benchmarks/families/tight.mjs)`,
    resources,
    nodes: cluster.kinds.map((kind, node) => {
      const { capacity, costPerHour } = KINDS[/** @type {keyof typeof KINDS} */ (kind)]
      const price = at(roles, node) === 'idle' ? IDLE_PRICE : 1
      return { id: `n${node}`, type: kind, costPerHour: price * costPerHour, capacity }
    }),
    deployments: listDeployments(seats, (seat) => number(seat).index, random),
    replicas: seats.map((seat, index) => ({
      id: at(names, index),
      deployment: `d${number(seat).index}`,
      ...describe(seat, at(before, index))
    }))
  }
  /** @type {PlacementInput} */
  const placement = {
    schemaVersion: 1,
    placement: seats.map((seat, index) => ({ replica: at(names, index), ...describe(seat, seat) }))
  }
  const nameOf = new Map(seats.map((seat, index) => [seat, at(names, index)]))
  return { problem, placement, moves, cycles: rings.map((ring) => ring.map((seat) => nameOf.get(seat) ?? '')), emptied }
}

/** What becomes of each node, for every kind alike. @type {(kinds: readonly string[], random: Random) => string[]} */
function giveRoles(kinds, random) {
  /** @type {string[]} */
  const roles = new Array(kinds.length).fill('busy')
  for (const kind of new Set(kinds)) {
    const own = shuffle(
      random,
      [...kinds.keys()].filter((node) => kinds[node] === kind)
    )
    const shares = /** @type {const} */ ([
      ['idle', IDLE],
      ['leaving', LEAVING],
      ['quiet', QUIET]
    ])
    for (const [role, share] of shares)
      for (const node of own.splice(0, Math.ceil(share * own.length))) roles[node] = role
  }
  return roles
}

/**
 * Replicas on cycles have a deployment each, with up to two others that stay: interchangeable ones would dissolve the cycle.
 * The others share deployments with those of their shape.
 *
 * @type {(seats: readonly Seat[], onCycles: ReadonlySet<Seat>, mayStay: (seat: Seat) => boolean, random: Random) =>
 *   Map<Seat, { index: number, isSmall: boolean }>}
 */
function formDeployments(seats, onCycles, mayStay, random) {
  /** @type {Map<Seat, { index: number, isSmall: boolean }>} */
  const deploymentOf = new Map()
  /** @type {Map<string, Seat[]>} */
  const groups = new Map()
  let index = 0
  for (const seat of shuffle(random, seats)) {
    const key = JSON.stringify(seat.shape)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [seat])
    else group.push(seat)
  }
  for (const group of groups.values()) {
    const companions = group.filter((seat) => !onCycles.has(seat) && mayStay(seat))
    for (const seat of group) {
      if (!onCycles.has(seat)) continue
      deploymentOf.set(seat, { index, isSmall: true })
      for (let others = between(random, 0, 2); others > 0; others--) {
        const other = companions.pop()
        if (other !== undefined) deploymentOf.set(other, { index, isSmall: true })
      }
      index++
    }
    let size = 0
    for (const seat of group) {
      if (deploymentOf.has(seat)) continue
      if (size === CROWD) {
        index++
        size = 0
      }
      deploymentOf.set(seat, { index, isSmall: false })
      size++
    }
    if (size > 0) index++
  }
  return deploymentOf
}

/** Everybody on a cycle takes the place of the next one. @type {(rings: readonly Seat[][]) => void} */
function rotate(rings) {
  for (const ring of rings) {
    const places = ring.map(({ node, devices }) => ({ node, devices }))
    for (const [index, seat] of ring.entries()) Object.assign(seat, at(places, (index + 1) % ring.length))
  }
}

/** @type {(seats: readonly Seat[], deploymentOf: (seat: Seat) => number) => string[]} */
function nameReplicas(seats, deploymentOf) {
  /** @type {Map<number, number>} */
  const counts = new Map()
  return seats.map((seat) => {
    const deployment = deploymentOf(seat)
    const number = counts.get(deployment) ?? 0
    counts.set(deployment, number + 1)
    return `d${deployment}-${number}`
  })
}

/** @type {(seats: readonly Seat[], deploymentOf: (seat: Seat) => number, random: Random) => ProblemInput['deployments']} */
function listDeployments(seats, deploymentOf, random) {
  const shapes = new Map(seats.map((seat) => [deploymentOf(seat), seat.shape]))
  return [...shapes]
    .sort(([left], [right]) => left - right)
    .map(([index, { cpu, memory, gpu }]) => ({
      id: `d${index}`,
      demand: gpu > 0 ? { cpu, memory, gpu } : { cpu, memory },
      startupSeconds: pick(random, [30, 60, 90, 120]),
      drainSeconds: pick(random, [10, 20, 30]),
      maxSurge: 1
    }))
}
