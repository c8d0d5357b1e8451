import { parseProblem } from '../../models/contract/parse.js'
import { compileInstance } from '../../models/instance/compile.js'

/** Three nodes of 4 cores at 2 an hour, each with one replica of 2 cores: two nodes would do. */
export const threeNodes = compileInstance(
  parseProblem({
    schemaVersion: 1,
    nodes: ['a', 'b', 'c'].map((id) => ({ id, capacity: { cpu: 4 }, costPerHour: 2 })),
    deployments: [{ id: 'd', demand: { cpu: 2 } }],
    replicas: ['a', 'b', 'c'].map((node, index) => ({ id: `d-${index}`, deployment: 'd', node }))
  })
)
