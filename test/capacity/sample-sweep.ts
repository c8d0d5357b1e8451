import { makeSweep, type Sweep, type SweepPlanInput } from 'replica-compactor/capacity'
import { smallCluster } from './small-cluster.js'

/** Twelve scenarios of a cluster that is solved in a moment; one growth is too much for it. */
export const samplePlan: SweepPlanInput = {
  name: 'sample',
  axes: [
    { name: 'growth', values: ['none', 'growth:1.5', { label: 'far too much', changes: ['growth:40'] }] },
    {
      name: 'price',
      values: ['none', { label: 'spot doubles', changes: [{ kind: 'price', types: ['large:spot'], factor: 2 }] }]
    }
  ],
  seeds: [1, 7],
  options: { workLimit: 200 }
}

export function sampleSweep(plan: SweepPlanInput = samplePlan): Sweep {
  return makeSweep(smallCluster, plan)
}
