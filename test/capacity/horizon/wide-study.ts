import type { StudyInput } from '../../../models/contract/study.js'
import { parseStudy } from '../../../src/capacity/study/parse-study.js'
import { demandOver } from './small-studies.js'

/** Everything that a horizon knows, in one study. */
export const wideInput = {
  schemaVersion: 1,
  name: 'wide',
  nodes: [
    { id: 'head', type: 'old', capacity: { cpu: 4, gpu: 1 }, costPerHour: 1, releasable: false, labels: { zone: 'a' } },
    { id: 'spare-1', type: 'old', capacity: { cpu: 4, gpu: 1 }, costPerHour: 0.2, labels: { zone: 'a' } },
    { id: 'spare-2', type: 'old', capacity: { cpu: 4, gpu: 1 }, costPerHour: 0.2, labels: { zone: 'a' } },
    { id: 'other', type: 'old', capacity: { cpu: 8, gpu: 2 }, costPerHour: 9, labels: { zone: 'b' } }
  ],
  nodeTypes: [
    {
      type: 's',
      capacity: { cpu: 4, gpu: 1 },
      costPerHour: 1,
      maxNew: 20,
      labels: { zone: 'a' },
      provisionSeconds: 900
    },
    { type: 'l', capacity: { cpu: 16, gpu: 4 }, costPerHour: 3.5, maxNew: 20, labels: { zone: 'b' } },
    {
      type: 'l:spot',
      capacity: { cpu: 16, gpu: 4 },
      costPerHour: 1.2,
      maxNew: 20,
      labels: { zone: 'b', market: 'spot' }
    }
  ],
  deployments: [
    { id: 'chat', demand: { cpu: 2, gpu: 1 }, floor: 0.9, moveCost: 2 },
    { id: 'embed', demand: { cpu: 1, gpu: 0.4 }, maxReplicasPerNode: 3 }
  ],
  rules: [{ kind: 'at-least', deployments: ['embed'], count: 1, nodeSelector: { zone: 'b' } }],
  headroom: [{ deployment: 'embed', replicas: 1 }],
  objective: { horizonHours: null, moveCostPrice: 0.01 },
  commitment: { discount: 0.4, types: ['s', 'l'] },
  reservations: [{ type: 'r', nodes: 1, costPerHour: 0.5, capacity: { cpu: 8, gpu: 2 }, labels: { zone: 'a' } }],
  quotas: [{ name: 'cores', resource: 'cpu', max: 120 }]
} satisfies StudyInput

export const wideStudy = parseStudy(wideInput)

export const wideDemand = demandOver({
  chat: [10, 12, 15, 18, 19, 15, 11, 10, 13, 16, 12, 9],
  embed: [3, 5, 5, 8, 9, 8, 6, 4, 3, 7, 6, 2]
})
