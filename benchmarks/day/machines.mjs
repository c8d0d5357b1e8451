/** The machines that the simulated cluster may get: a small and a large one for each GPU, at AWS's list prices. */
import { readFileSync } from 'node:fs'
import { catalogueChoice } from '../../dist/models/contract/study.js'
import { readCatalogue, toNodeTypes } from '../../dist/src/capacity/index.js'

/** One that may be had: of its capacity, overhead is off already. @typedef {{ type: string, capacity: Record<string, number>, costPerHour: number, labels: { gpu: string }, provisionSeconds: number }} Machine */

const catalogue = new URL('../../fixtures/capacity/cloud-gpu-instances.csv', import.meta.url)

/** Instances of one GPU are no dearer by the GPU than the large ones; models that want more take the large ones. */
const TYPES = ['g6.2xlarge', 'g6.12xlarge', 'g6e.2xlarge', 'g6e.12xlarge', 'p5.4xlarge', 'p5.48xlarge']

/** From the order until replicas can start: an assumption, as are kubelet, device plugin and agents of the overhead. */
const PROVISION_SECONDS = 150

/** @type {() => Machine[]} */
export function listMachines() {
  const choice = catalogueChoice.parse({
    file: 'cloud-gpu-instances.csv',
    cloud: ['aws'],
    types: TYPES,
    markets: ['on-demand'],
    overhead: { cpu: 0.5, memory: 2 }
  })
  const { nodeTypes } = toNodeTypes(readCatalogue(readFileSync(catalogue, 'utf8')), choice)
  return nodeTypes.map(({ type, capacity, costPerHour, labels }) => ({
    type,
    capacity,
    costPerHour,
    labels: { gpu: labels.gpu ?? '' },
    provisionSeconds: PROVISION_SECONDS
  }))
}
