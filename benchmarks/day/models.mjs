/**
 * The kinds of models that the simulated cluster serves. ServeGen says how many requests come, not of which models nor on what they
 * run: shapes, times and limits are assumptions, of the order of magnitude of such models on such GPUs.
 */

/**
 * @typedef {object} Model
 * @property {string} name
 * @property {number} deployments How many of it a whole fleet has.
 * @property {string} workload Whose request rates they have, as ServeGen names it.
 * @property {string} gpu What they run on.
 * @property {{ gpu: number, cpu: number, memory: number }} demand
 * @property {number} [maxReplicasPerNode]
 * @property {readonly [least: number, most: number]} replicas How many each needs on average.
 * @property {number} minReplicas
 * @property {number} startupSeconds From the start of a replica until its model is loaded.
 * @property {number} serviceSeconds A request takes so long, on average.
 * @property {number} targetOngoing Requests in service and waiting for each replica, as the autoscaler wants it.
 * @property {number} maxOngoing Requests in service at a time.
 */

const L4 = 'NVIDIA L4'
const L40S = 'NVIDIA L40S'
const H100 = 'NVIDIA H100'

const SMALL = 'language/m-small'
const MIDDLE = 'language/m-mid'
const LARGE = 'language/m-large'
const IMAGES = 'multimodal/mm-image'
const REASONING = 'reason/deepseek-r1'

/** @type {readonly Model[]} */
export const models = [
  model('embed', 3, SMALL, L4, [0.25, 1.5, 6], { replicas: [4, 10], startup: 60, service: 1.5, ongoing: [8, 12] }),
  model('rerank', 2, SMALL, L4, [0.5, 2, 8], {
    replicas: [3, 8],
    startup: 75,
    service: 2,
    ongoing: [8, 12],
    maxReplicasPerNode: 4
  }),
  model('speech', 2, IMAGES, L4, [0.5, 3, 12], {
    replicas: [3, 8],
    startup: 90,
    service: 5,
    ongoing: [6, 9],
    minReplicas: 1
  }),
  model('chat-3b', 4, SMALL, L4, [1, 5, 20], { replicas: [3, 10], startup: 120, service: 6, ongoing: [12, 18] }),
  model('code-7b', 3, MIDDLE, L4, [1, 6, 26], { replicas: [3, 10], startup: 150, service: 7, ongoing: [10, 15] }),
  model('chat-13b', 2, MIDDLE, L4, [2, 10, 44], { replicas: [2, 6], startup: 180, service: 9, ongoing: [10, 15] }),
  model('guard-8b', 2, MIDDLE, L40S, [0.5, 3, 24], { replicas: [3, 8], startup: 120, service: 2, ongoing: [12, 18] }),
  model('chat-14b', 3, LARGE, L40S, [1, 6, 48], { replicas: [3, 8], startup: 180, service: 8, ongoing: [16, 24] }),
  model('vision-32b', 2, IMAGES, L40S, [2, 12, 96], {
    replicas: [2, 5],
    startup: 240,
    service: 10,
    ongoing: [8, 12],
    maxReplicasPerNode: 1
  }),
  model('chat-32b', 2, LARGE, H100, [1, 10, 100], { replicas: [2, 6], startup: 210, service: 8, ongoing: [16, 24] }),
  model('chat-70b', 2, LARGE, H100, [2, 20, 200], { replicas: [2, 5], startup: 270, service: 10, ongoing: [16, 24] }),
  model('reason', 1, REASONING, H100, [4, 40, 400], {
    replicas: [1, 3],
    startup: 300,
    service: 14,
    ongoing: [12, 18],
    minReplicas: 1
  })
]

/**
 * @param {string} name
 * @param {number} deployments
 * @param {string} workload
 * @param {string} gpu
 * @param {[gpu: number, cpu: number, memory: number]} demand
 * @param {{ replicas: [number, number], startup: number, service: number, ongoing: [number, number], minReplicas?: number, maxReplicasPerNode?: number }} rest
 * @returns {Model}
 */
function model(name, deployments, workload, gpu, [gpus, cpu, memory], rest) {
  const { replicas, startup, service, ongoing, minReplicas = 2, maxReplicasPerNode } = rest
  return {
    name,
    deployments,
    workload,
    gpu,
    demand: { gpu: gpus, cpu, memory },
    ...(maxReplicasPerNode === undefined ? {} : { maxReplicasPerNode }),
    replicas,
    minReplicas,
    startupSeconds: startup,
    serviceSeconds: service,
    targetOngoing: ongoing[0],
    maxOngoing: ongoing[1]
  }
}
