import type { Problem, Result } from '../../models/index.js'
import { answer, cluster, move, node } from './answers.js'

/** A Problem with a right answer to it, written by hand. */
export interface Golden {
  problem: Problem
  result: Result
}

/** One replica moves from b to a, and b is given back. */
export function aMove(): Golden {
  const problem = cluster({
    nodes: [node('a'), node('b')],
    deployments: [{ id: 'web', demand: { cpu: 2 } }],
    replicas: [
      { id: 'web-0', deployment: 'web', node: 'a' },
      { id: 'web-1', deployment: 'web', node: 'b' }
    ]
  })
  const result = answer(problem, {
    placement: [
      { replica: 'web-0', node: 'a' },
      { replica: 'web-1', node: 'a' }
    ],
    steps: [
      { id: 'cordon', action: 'cordon', node: 'b' },
      ...move('m', 'web-1', 'b', 'a', ['cordon']),
      { id: 'release', action: 'release', node: 'b', after: ['m-stop'] }
    ],
    costPerHour: 1,
    activeNodes: 1,
    migrations: 1,
    initial: { costPerHour: 2, activeNodes: 2 }
  })
  return { problem, result }
}

/** As `aMove`, with whole and shared devices, and none stated for the copy that moves. */
export function aMoveOnDevices(): Golden {
  const problem = cluster({
    nodes: [node('a', { capacity: { gpu: 2 } }), node('b', { capacity: { gpu: 2 } })],
    deployments: [
      { id: 'large', demand: { gpu: 1 } },
      { id: 'small', demand: { gpu: 0.5 } }
    ],
    replicas: [
      { id: 'large-0', deployment: 'large', node: 'a', devices: { gpu: [1] } },
      { id: 'small-0', deployment: 'small', node: 'a', devices: { gpu: [0] } },
      { id: 'small-1', deployment: 'small', node: 'b' }
    ]
  })
  const result = answer(problem, {
    placement: [
      { replica: 'large-0', node: 'a', devices: { gpu: [1] } },
      { replica: 'small-0', node: 'a', devices: { gpu: [0] } },
      { replica: 'small-1', node: 'a', devices: { gpu: [0] } }
    ],
    steps: [
      { id: 'cordon', action: 'cordon', node: 'b' },
      ...move('m', 'small-1', 'b', 'a', ['cordon'], { devices: { gpu: [0] } }),
      { id: 'release', action: 'release', node: 'b', after: ['m-stop'] }
    ],
    costPerHour: 1,
    activeNodes: 1,
    migrations: 1,
    initial: { costPerHour: 2, activeNodes: 2 },
    more: { assumedDevices: [{ replica: 'small-1', devices: { gpu: [1] } }] }
  })
  return { problem, result }
}

/**
 * x and y trade places between two full nodes; x waits on c meanwhile, which then is given back.
 * The pins (by selector) of the two deployments make both moves necessary.
 */
export function aHop(): Golden {
  const problem = cluster({
    nodes: [
      node('a', { capacity: { cpu: 4 }, labels: { home: 'y' } }),
      node('b', { capacity: { cpu: 4 }, labels: { home: 'x' } }),
      node('c', { capacity: { cpu: 4 }, labels: { home: 'any' } })
    ],
    deployments: [
      { id: 'x', demand: { cpu: 4 } },
      { id: 'y', demand: { cpu: 4 } }
    ],
    replicas: [
      { id: 'x-0', deployment: 'x', node: 'a' },
      { id: 'y-0', deployment: 'y', node: 'b' }
    ],
    rules: [
      { kind: 'at-least', deployments: ['x'], count: 1, nodeSelector: { home: 'x' } },
      { kind: 'at-least', deployments: ['y'], count: 1, nodeSelector: { home: 'y' } }
    ]
  })
  const result = answer(problem, {
    placement: [
      { replica: 'x-0', node: 'b' },
      { replica: 'y-0', node: 'a' }
    ],
    steps: [
      ...move('h1', 'x-0', 'a', 'c'),
      ...move('m', 'y-0', 'b', 'a', ['h1-stop']),
      ...move('h2', 'x-0', 'c', 'b', ['m-stop']),
      { id: 'cordon', action: 'cordon', node: 'c', after: ['h1-start'] },
      { id: 'release', action: 'release', node: 'c', after: ['cordon', 'h2-stop'] }
    ],
    costPerHour: 2,
    activeNodes: 2,
    migrations: 2,
    initial: { costPerHour: 2, activeNodes: 2 }
  })
  return { problem, result }
}

/** One more replica is wanted than there is, one waits for a node, and a third is on its way up. */
export function pendingReplicas(): Golden {
  const problem = cluster({
    nodes: [node('a')],
    deployments: [{ id: 'web', replicas: 4, demand: { cpu: 2 } }],
    replicas: [
      { id: 'web-0', deployment: 'web', node: 'a' },
      { id: 'web-1', deployment: 'web', node: null },
      { id: 'web-2', deployment: 'web', node: 'a', state: 'starting' }
    ]
  })
  const result = answer(problem, {
    placement: [
      { replica: 'web-0', node: 'a' },
      { replica: 'web-1', node: 'a' },
      { replica: 'web-2', node: 'a' },
      { replica: 'web-new-1', deployment: 'web', node: 'a' }
    ],
    steps: [
      { id: 'wait', action: 'start', replica: 'web-2', node: 'a' },
      { id: 's1', action: 'start', replica: 'web-1', node: 'a' },
      { id: 's2', action: 'start', replica: 'web-new-1', deployment: 'web', node: 'a', after: ['s1'] }
    ],
    costPerHour: 1,
    activeNodes: 1,
    initial: { costPerHour: 1, activeNodes: 1 }
  })
  return { problem, result }
}

/** One replica too many, on b, which is given back; another one there drains already. */
export function aSurplus(): Golden {
  const problem = cluster({
    nodes: [node('a'), node('b')],
    deployments: [{ id: 'web', replicas: 1, demand: { cpu: 2 } }],
    replicas: [
      { id: 'web-0', deployment: 'web', node: 'a' },
      { id: 'web-1', deployment: 'web', node: 'b' },
      { id: 'web-2', deployment: 'web', node: 'b', state: 'draining' }
    ]
  })
  const result = answer(problem, {
    placement: [{ replica: 'web-0', node: 'a' }],
    steps: [
      { id: 'cordon', action: 'cordon', node: 'b' },
      { id: 'gone', action: 'stop', replica: 'web-2', node: 'b' },
      { id: 'drain', action: 'drain', replica: 'web-1', node: 'b', after: ['cordon'] },
      { id: 'stop', action: 'stop', replica: 'web-1', node: 'b', after: ['drain'] },
      { id: 'release', action: 'release', node: 'b', after: ['gone', 'stop'] }
    ],
    costPerHour: 1,
    activeNodes: 1,
    initial: { costPerHour: 2, activeNodes: 2 }
  })
  return { problem, result }
}

/** A dear node is exchanged for a cheap one that is bought first, with room kept free for one replica more. */
export function aBoughtNode(): Golden {
  const problem = cluster({
    nodes: [node('dear', { costPerHour: 5 })],
    nodeTypes: [{ type: 'small', capacity: { cpu: 8 }, costPerHour: 1, maxNew: 1 }],
    deployments: [{ id: 'web', demand: { cpu: 4 } }],
    replicas: [{ id: 'web-0', deployment: 'web', node: 'dear' }],
    headroom: [{ deployment: 'web', replicas: 1 }]
  })
  const result = answer(problem, {
    placement: [{ replica: 'web-0', node: 'new-small-1' }],
    steps: [
      { id: 'buy', action: 'provision', node: 'new-small-1' },
      { id: 'cordon', action: 'cordon', node: 'dear' },
      ...move('m', 'web-0', 'dear', 'new-small-1', ['buy', 'cordon']),
      { id: 'release', action: 'release', node: 'dear', after: ['m-stop'] }
    ],
    costPerHour: 1,
    activeNodes: 1,
    migrations: 1,
    initial: { costPerHour: 5, activeNodes: 1 },
    more: {
      newNodes: [{ id: 'new-small-1', type: 'small' }],
      headroom: [{ deployment: 'web', node: 'new-small-1' }]
    }
  })
  return { problem, result }
}

/** The trade of `aHop`, through a node that is rented for it. */
export function aRentedNode(): Golden {
  const { problem: bare } = aHop()
  const problem = cluster({
    ...bare,
    nodes: bare.nodes.slice(0, 2),
    nodeTypes: [{ type: 'spare', capacity: { cpu: 4 }, costPerHour: 9, maxNew: 1 }],
    migration: { rungs: ['hop', 'rent'] }
  })
  const result = answer(problem, {
    placement: [
      { replica: 'x-0', node: 'b' },
      { replica: 'y-0', node: 'a' }
    ],
    steps: [
      { id: 'rent', action: 'provision', node: 'spare-1' },
      ...move('h1', 'x-0', 'a', 'spare-1', ['rent']),
      ...move('m', 'y-0', 'b', 'a', ['h1-stop']),
      ...move('h2', 'x-0', 'spare-1', 'b', ['m-stop']),
      { id: 'release', action: 'release', node: 'spare-1', after: ['h2-stop'] }
    ],
    costPerHour: 2,
    activeNodes: 2,
    migrations: 2,
    initial: { costPerHour: 2, activeNodes: 2 },
    more: { newNodes: [{ id: 'spare-1', type: 'spare', rented: true }] }
  })
  return { problem, result }
}

/** Both replicas of b move to a, one after the other: each needs 5 cores until it is ready, and 2 from then on. */
export function aStartupDemand(): Golden {
  const problem = cluster({
    nodes: [node('a', { capacity: { cpu: 7 } }), node('b')],
    deployments: [{ id: 'web', demand: { cpu: 2 }, startupDemand: { cpu: 5 } }],
    replicas: [
      { id: 'web-0', deployment: 'web', node: 'b' },
      { id: 'web-1', deployment: 'web', node: 'b' }
    ]
  })
  const result = answer(problem, {
    placement: [
      { replica: 'web-0', node: 'a' },
      { replica: 'web-1', node: 'a' }
    ],
    steps: [
      { id: 'cordon', action: 'cordon', node: 'b' },
      ...move('m0', 'web-0', 'b', 'a', ['cordon']),
      ...move('m1', 'web-1', 'b', 'a', ['m0-start', 'cordon']),
      { id: 'release', action: 'release', node: 'b', after: ['m0-stop', 'm1-stop'] }
    ],
    costPerHour: 1,
    activeNodes: 1,
    migrations: 2,
    initial: { costPerHour: 1, activeNodes: 1 }
  })
  return { problem, result }
}

/** web and job trade places between two nodes that have no room for both, and none is spare: web stops first. */
export function aStopFirst(): Golden {
  const problem = cluster({
    nodes: [node('a', { labels: { zone: 'job' } }), node('b', { labels: { zone: 'web' } })],
    deployments: [
      { id: 'web', demand: { cpu: 5 }, maxUnavailable: 1 },
      { id: 'job', demand: { cpu: 5 } }
    ],
    replicas: [
      { id: 'web-0', deployment: 'web', node: 'a' },
      { id: 'job-0', deployment: 'job', node: 'b' }
    ],
    rules: [
      { kind: 'at-least', deployments: ['web'], count: 1, nodeSelector: { zone: 'web' } },
      { kind: 'at-least', deployments: ['job'], count: 1, nodeSelector: { zone: 'job' } }
    ],
    migration: { rungs: ['stop-first'] }
  })
  const result = answer(problem, {
    placement: [
      { replica: 'web-0', node: 'b' },
      { replica: 'job-0', node: 'a' }
    ],
    steps: [
      { id: 'drain', action: 'drain', replica: 'web-0', node: 'a' },
      { id: 'stop', action: 'stop', replica: 'web-0', node: 'a', after: ['drain'] },
      ...move('m', 'job-0', 'b', 'a', ['stop']),
      { id: 'start', action: 'start', replica: 'web-0', node: 'b', after: ['m-stop'] }
    ],
    costPerHour: 2,
    activeNodes: 2,
    migrations: 2,
    initial: { costPerHour: 2, activeNodes: 2 }
  })
  return { problem, result }
}
