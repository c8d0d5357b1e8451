/** Family knobs: clusters of which one property at a time can be turned up, the others staying as they are. */
import { at, resources } from './crowd.mjs'
import { InstanceError } from './instance-error.mjs'
import { listTypes, MOST_TYPES, makeDeployments, makeNodes } from './knob-cluster.mjs'
import { KnobPlacement } from './knob-placement.mjs'
import { seededRandom } from './random.mjs'

/** @import { ProblemInput } from 'replica-compactor' */
/** @import { Seat } from './knob-placement.mjs' */

/**
 * @typedef {object} Knobs
 * @property {number} nodes
 * @property {number} seed
 * @property {number} utilisation Share of the resource that is scarcest that is used, 0 to 1; one replica runs in any case, and near 1
 *   not all of it can be used: the source of the Problem says how much is.
 * @property {number} fragmentation 0: what is used is on few nodes; 1: spread evenly over all.
 * @property {number} gpuShare Share of the replicas that want GPUs, 0 to 1; some of them want a part of one.
 * @property {number} heterogeneity Types of nodes, 1 to 12, that differ in size and in price for what they hold; there are as many
 *   more deployments.
 * @property {number | null} budget Share of the replicas that may migrate, 0 to 1; null: all, as often as they like.
 */

/** @type {Readonly<Knobs>} */
const DEFAULT_KNOBS = {
  nodes: 100,
  seed: 1,
  utilisation: 0.5,
  fragmentation: 0.5,
  gpuShare: 0.5,
  heterogeneity: 3,
  budget: null
}

/** @type {(knobs?: Partial<Knobs>) => ProblemInput} */
export function makeKnobs(knobs = {}) {
  const all = { ...DEFAULT_KNOBS, ...knobs }
  checkKnobs(all)
  const { nodes: count, seed, utilisation, fragmentation, gpuShare, heterogeneity, budget } = all
  const random = seededRandom(seed)
  const types = listTypes(heterogeneity, gpuShare)
  const drawn = makeDeployments(countDeployments(count, heterogeneity), gpuShare, random)
  const nodes = makeNodes(count, types, gpuShare, drawn, random)
  const placement = new KnobPlacement(nodes, drawn, random)
  placement.fill(utilisation, gpuShare)
  if (fragmentation > 0) placement.strew(fragmentation)
  const listed = listReplicas(nodes, drawn, placement.seats)
  const active = placement.countByNode().filter((hosted) => hosted > 0).length
  return {
    schemaVersion: 1,
    name: nameOf(all),
    source:
      `generated: family knobs, ${describe(all)}; ${placement.utilisation().toFixed(4)} of the scarcest resource is used, ` +
      `on ${active} nodes (benchmarks/families/knobs.mjs)`,
    resources,
    nodes,
    ...listed,
    // 0.29 × 100 is a trifle less than 29.
    ...(budget === null ? {} : { budget: { maxMigrations: Math.floor(budget * listed.replicas.length + 1e-9) } })
  }
}

const isShare = (/** @type {unknown} */ value) => typeof value === 'number' && value >= 0 && value <= 1
const isCount = (/** @type {unknown} */ value) => Number.isSafeInteger(value) && Number(value) >= 1
const A_COUNT = 'a whole number from 1 on'
const A_SHARE = 'a number from 0 to 1'

/** What each knob may be. @type {Record<keyof Knobs, readonly [isAllowed: (value: unknown) => boolean, words: string]>} */
const RANGES = {
  nodes: [isCount, A_COUNT],
  seed: [isCount, A_COUNT],
  utilisation: [isShare, A_SHARE],
  fragmentation: [isShare, A_SHARE],
  gpuShare: [isShare, A_SHARE],
  heterogeneity: [(value) => isCount(value) && Number(value) <= MOST_TYPES, `a whole number from 1 to ${MOST_TYPES}`],
  budget: [(value) => value === null || isShare(value), `${A_SHARE}, or null`]
}

/** @type {(knobs: Knobs) => void} */
function checkKnobs(knobs) {
  for (const [name, value] of Object.entries(knobs)) {
    if (!Object.hasOwn(RANGES, name)) throw new InstanceError(`there is no knob ${name}`)
    const [isAllowed, words] = RANGES[/** @type {keyof Knobs} */ (name)]
    if (!isAllowed(value)) throw new InstanceError(`${name} must be ${words}, not ${value}`)
  }
  const { nodes, heterogeneity } = knobs
  if (nodes < heterogeneity) {
    throw new InstanceError(
      `${heterogeneity} types of nodes are too many for ${nodes} nodes: take a smaller heterogeneity`
    )
  }
}

/** @type {(nodes: number, heterogeneity: number) => number} */
const countDeployments = (nodes, heterogeneity) => Math.max(2, Math.round(heterogeneity * Math.sqrt(nodes)))

/** @type {(knobs: Knobs) => string} */
function nameOf({ nodes, seed, utilisation, fragmentation, gpuShare, heterogeneity, budget }) {
  const name = `knobs-${nodes}-${seed}-u${utilisation}-f${fragmentation}-g${gpuShare}-h${heterogeneity}`
  return budget === null ? name : `${name}-b${budget}`
}

/** @type {(knobs: Knobs) => string} */
function describe({ nodes, seed, utilisation, fragmentation, gpuShare, heterogeneity, budget }) {
  return (
    `${nodes} nodes, seed ${seed}, utilisation ${utilisation}, fragmentation ${fragmentation}, GPU share ${gpuShare}, ` +
    `heterogeneity ${heterogeneity}, ${budget === null ? 'no budget' : `budget ${budget}`}`
  )
}

/**
 * The deployments of which anything runs, saying how much, and their replicas, deployment by deployment.
 *
 * @type {(nodes: ProblemInput['nodes'], deployments: ProblemInput['deployments'], seats: readonly Seat[]) =>
 *   Pick<ProblemInput, 'deployments' | 'replicas'>}
 */
function listReplicas(nodes, deployments, seats) {
  const own = new Map(deployments.map(({ id }) => [id, /** @type {Seat[]} */ ([])]))
  for (const seat of seats) own.get(seat.deployment)?.push(seat)
  return {
    deployments: deployments.flatMap((deployment) => {
      const count = own.get(deployment.id)?.length ?? 0
      return count === 0 ? [] : [{ ...deployment, replicas: count }]
    }),
    replicas: [...own].flatMap(([deployment, its]) =>
      its
        .sort((left, right) => left.node - right.node)
        .map(({ node, devices }, number) => ({
          id: `${deployment}-${number}`,
          deployment,
          node: at(nodes, node).id,
          ...(Object.keys(devices).length === 0 ? {} : { devices })
        }))
    )
  }
}
