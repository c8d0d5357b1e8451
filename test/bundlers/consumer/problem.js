/** Greedy finds 36 and proves nothing; the optimum is 33. */
const nodes = [
  { cpu: 10, costPerHour: 11 },
  { cpu: 6, costPerHour: 10 },
  { cpu: 14, costPerHour: 19 },
  { cpu: 12, costPerHour: 15 },
  { cpu: 15, costPerHour: 18 }
]
const demands = [3, 3, 4, 4, 2, 5, 6]

export const problem = {
  schemaVersion: 1,
  nodes: nodes.map(({ cpu, costPerHour }, index) => ({ id: `node-${index}`, capacity: { cpu }, costPerHour })),
  deployments: demands.map((cpu, index) => ({ id: `service-${index}`, demand: { cpu } })),
  replicas: demands.map((_, index) => ({ id: `replica-${index}`, deployment: `service-${index}`, node: null }))
}

/** Writes what the test reads. */
export function write({ objective, bound, gap, producer, solve, explanation: { notes } }) {
  const answer = { cost: objective.total, bound: bound.total, gap, producer, solver: solve.solver, notes }
  document.querySelector('output').textContent = JSON.stringify(answer)
}
