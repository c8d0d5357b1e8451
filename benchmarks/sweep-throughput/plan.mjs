/** The sweep whose throughput is measured: growth, prices and migration budgets of a cluster, with several seeds. */

/** @import { SweepPlanInput } from 'replica-compactor/capacity' */

const GROWTH = ['none', 'growth:1.05', 'growth:1.1', 'growth:1.15', 'growth:1.2']
const PRICES = ['none', 'price:T4x2-104c,G2x8-96c:1.5', 'price:P100x2-16c:0.5', 'price:V100M16x4-32c,V100M32x4-48c:2']
const BUDGETS = ['none', 'budget:40']

/** About so many scenarios; fewer seeds first, then fewer values. @type {(scenarios: number, workLimit: number) => SweepPlanInput} */
export function makePlan(scenarios, workLimit) {
  const growth = GROWTH.slice(0, scenarios >= 20 ? 5 : 3)
  const prices = PRICES.slice(0, scenarios >= 40 ? 4 : 2)
  const combinations = growth.length * prices.length * BUDGETS.length
  return {
    name: 'sweep throughput',
    axes: [
      { name: 'growth', values: growth },
      { name: 'prices', values: prices },
      { name: 'budget', values: BUDGETS }
    ],
    seeds: Array.from({ length: Math.max(1, Math.round(scenarios / combinations)) }, (_, index) => index + 1),
    options: { workLimit }
  }
}
