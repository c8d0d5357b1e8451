/**
 * Cases with a known answer: a random plan is made first, leg by safe leg, and the instance is what lies between its beginning and
 * its end. Whoever is asked for a plan can reach everything within the migrations of the one that was made.
 */
import { between, pick, seededRandom } from '../families/random.mjs'
import { devicesOf, NOWHERE, nodeOf, nth, readCluster } from './cluster.mjs'
import { drawCluster } from './crowded-cluster.mjs'
import { isNamedWell, withoutGate } from './fair-case.mjs'
import { occupy } from './occupancy.mjs'

/** @import { PlacementInput, Problem, ProblemInput } from '../../dist/src/index.js' */
/** @import { Random } from '../families/random.mjs' */
/** @import { Cluster, Rung } from './cluster.mjs' */
/** @import { Leg } from './reach.mjs' */

/**
 * @typedef {object} Case
 * @property {number} seed
 * @property {ProblemInput} problem
 * @property {PlacementInput['placement']} placement
 * @property {number} migrations What the plan that it was made from took.
 * @property {Leg[]} legs That plan: replicas as `readCluster` numbers them.
 */

/** The case of a seed. @type {(seed: number, parse: (problem: unknown) => Problem) => Case} */
export function walkCase(seed, parse) {
  const random = seededRandom(seed)
  for (;;) {
    const drawn = drawCase(random, parse)
    if (drawn !== null) return { seed, ...drawn }
  }
}

/** Null where the dice make no plan of two migrations. @type {(random: Random, parse: (problem: unknown) => Problem) => Omit<Case, 'seed'> | null} */
function drawCase(random, parse) {
  const size = random() < 0.1 ? 3 : 1
  const draft = drawCluster(random, size)
  if (draft.replicas.length === 0) return null
  const { legs, places, isDirect } = walk(random, readCluster(parse(draft), []), 14 * size)
  const cluster = readCluster(parse(draft), [])
  const placement = namePlaces(cluster, places)
  const isKept = (/** @type {string} */ id) => placement.some(({ replica }) => replica === id)
  const migrations = legs.filter(
    ({ replica, place }) => place !== NOWHERE && nth(cluster.replicas, replica).home !== NOWHERE
  ).length
  if (migrations < 2) return null
  const limits = {
    inFlight: pick(random, [1, 2, 16, null]),
    startsPerNode: pick(random, [1, 2, null]),
    perDeployment: pick(random, [1, null])
  }
  /** @type {Rung[]} */
  const direct = random() < 0.5 ? ['reorder', 'relabel', 'cut'] : ['reorder', 'cut']
  const mayRelabel = !isDirect || !isNamedWell(draft, placement) || random() < 0.6
  const problem = {
    ...withoutGate(draft, placement),
    replicas: draft.replicas.filter(({ id, node }) => node !== null || isKept(id)),
    deployments: draft.deployments.map((deployment) => ({
      ...deployment,
      replicas: draft.replicas.filter((replica) => replica.deployment === deployment.id && isKept(replica.id)).length
    })),
    budget: { maxMigrations: migrations },
    migration: { limits, ...(mayRelabel ? {} : { rungs: direct }) }
  }
  const judged = readCluster(parse(problem), placement)
  const indices = new Map(judged.replicas.map(({ id, index }) => [id, index]))
  const renumbered = legs.map(({ replica, place }) => ({
    replica: indices.get(nth(cluster.replicas, replica).id) ?? -1,
    place
  }))
  return isSafe(judged, renumbered) ? { problem, placement, migrations, legs: renumbered } : null
}

/** Whether legs are safe one after the other; what is stopped or left out changes how many copies there may be. @type {(cluster: Cluster, legs: readonly Leg[]) => boolean} */
function isSafe(cluster, legs) {
  const { replicas, deployments } = cluster
  const places = replicas.map(({ home }) => home)
  return legs.every(({ replica, place }) => {
    const { deployment } = nth(replicas, replica)
    const occupancy = occupy(cluster, places, NOWHERE)
    places[replica] = place
    if (place === NOWHERE) return nth(occupancy.totals, deployment) - 1 >= nth(deployments, deployment).leastReady
    return occupancy.mayStart(deployment, nodeOf(place))
  })
}

/** @type {(cluster: Cluster, places: readonly number[]) => PlacementInput['placement']} */
function namePlaces({ nodes, replicas }, places) {
  return replicas.flatMap(({ index, id }) => {
    const place = nth(places, index)
    if (place === NOWHERE) return []
    const gpu = [0, 1, 2, 3, 4, 5, 6, 7].filter((device) => ((devicesOf(place) >> device) & 1) === 1)
    return [{ replica: id, node: nth(nodes, nodeOf(place)).id, ...(gpu.length === 0 ? {} : { devices: { gpu } }) }]
  })
}

/**
 * Legs at random: rather to where somebody just left, and now and then two trade places by way of a third node. That is how circles
 * come about.
 *
 * @type {(random: Random, cluster: Cluster, most: number) => { legs: Leg[], places: number[], isDirect: boolean }}
 */
function walk(random, cluster, most) {
  const { replicas, nodes } = cluster
  const places = replicas.map(({ home }) => home)
  const again = pick(random, [0, 0, 0.1, 0.3, 0.5])
  const circling = pick(random, [0.4, 0.8])
  const trading = pick(random, [0, 0.05, 0.2])
  const stopping = pick(random, [0, 0, 0.02])
  const length = between(random, 2, most)
  /** @type {Leg[]} */
  const legs = []
  /** @type {{ replica: number, node: number }[]} */
  let intents = []
  let vacated = -1
  const hasMoved = (/** @type {number} */ index) => legs.some(({ replica }) => replica === index)
  /** @type {(replica: number, node: number) => boolean} */
  const go = (replica, node) => {
    const { deployment, home, isPinned } = nth(replicas, replica)
    const place = nth(places, replica)
    const isGone = place === NOWHERE && home !== NOWHERE
    if (isPinned || isGone || (place !== NOWHERE && node === nodeOf(place))) return false
    const occupancy = occupy(cluster, places, NOWHERE)
    if (!occupancy.mayStart(deployment, node)) return false
    // Who comes back to where it was has its devices again.
    const isReturn = home !== NOWHERE && node === nodeOf(home)
    const options = occupancy.placesFor(deployment, node).filter((option) => !isReturn || option === home)
    if (options.length === 0) return false
    if (place !== NOWHERE) vacated = nodeOf(place)
    places[replica] = pick(random, options)
    legs.push({ replica, place: nth(places, replica) })
    return true
  }
  for (let tries = 0; legs.length < length && tries < 20 * most; tries++) {
    const next = intents.shift()
    if (next !== undefined) {
      if (!go(next.replica, next.node)) intents = []
      continue
    }
    const { index, isPinned } = pick(random, replicas)
    const place = nth(places, index)
    if (hasMoved(index) && random() >= again) continue
    if (!hasMoved(index) && !isPinned && place !== NOWHERE && random() < stopping) {
      // Surplus: the deployment wants one less from the outset, so that it may go at any time.
      places[index] = NOWHERE
      legs.push({ replica: index, place: NOWHERE })
    } else if (random() < trading) {
      const peer = pick(random, replicas).index
      const theirs = nth(places, peer)
      if (place === NOWHERE || theirs === NOWHERE) continue
      intents = [
        { replica: index, node: pick(random, nodes).index },
        { replica: peer, node: nodeOf(place) },
        { replica: index, node: nodeOf(theirs) }
      ]
    } else go(index, vacated >= 0 && random() < circling ? vacated : pick(random, nodes).index)
  }
  const movers = legs.map(({ replica }) => replica)
  return { legs, places, isDirect: new Set(movers).size === movers.length }
}
