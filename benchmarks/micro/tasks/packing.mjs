/** Whether fractions fit on whole devices: what nodes of a cluster hold, and what just does not fit. */
import { searchPacking } from '../../../dist/models/devices/device-packing.js'
import { between, seededRandom } from '../../families/random.mjs'
import { reading } from '../task.mjs'
import { readProblem } from './reading.mjs'

/** @import { Random } from '../../families/random.mjs' */
/** @import { Exercise } from '../task.mjs' */

/** What is to be packed onto so many free devices. @typedef {{ devices: number, demands: number[] }} Load */

/** Packs what each node of a cluster holds. @type {(name: string) => Exercise<Load[]>} */
export function packingNodes(name) {
  const problem = readProblem(name)
  const demandOf = new Map(problem.deployments.map(({ id, demand }) => [id, demand.gpu ?? 0]))
  /** @type {Map<string, number[]>} */
  const demandsOn = new Map()
  for (const { node, deployment } of problem.replicas) {
    if (node === null) continue
    const demands = demandsOn.get(node) ?? []
    demands.push(demandOf.get(deployment) ?? 0)
    demandsOn.set(node, demands)
  }
  return packing(
    problem.nodes.map(({ id, capacity }) => ({ devices: capacity.gpu ?? 0, demands: demandsOn.get(id) ?? [] }))
  )
}

/** Shares that fill that many devices but for a little: some of them fit only by luck, some are refuted. */
const DEVICES = 5
const LEFT_OVER = 0.12

/** Packs so many sets of shares that nearly fill their devices. @type {(sets: number) => Exercise<Load[]>} */
export function packingTightly(sets) {
  const random = seededRandom(1)
  return packing(Array.from({ length: sets }, () => ({ devices: DEVICES, demands: drawShares(random) })))
}

/** Hundredths of a device. @type {(random: Random) => number[]} */
function drawShares(random) {
  const shares = []
  for (let left = 100 * (DEVICES - LEFT_OVER); left >= 20; ) {
    const share = Math.min(left, between(random, 21, 58))
    shares.push(share / 100)
    left -= share
  }
  return shares
}

/** What comes of it is how many fit. @type {(loads: Load[]) => Exercise<Load[]>} */
function packing(loads) {
  return reading(loads, (all) =>
    all.reduce(
      (sum, { devices, demands }) => sum + (searchPacking(new Float64Array(devices), demands).devices === null ? 0 : 1),
      0
    )
  )
}
