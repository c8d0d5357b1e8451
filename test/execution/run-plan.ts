import type { Plan } from '../../models/contract/plan.js'
import type { ExecutionEvent } from '../../src/execution/events.js'
import { execute } from '../../src/execution/execute.js'
import type { Journal } from '../../src/execution/journal.js'
import { memoryJournal } from '../../src/execution/journal.js'
import type { ExecuteOptions } from '../../src/execution/options.js'
import type { ExecutionReport, StepReport } from '../../src/execution/report.js'
import { follow, type Script, TestCluster } from './test-cluster.js'
import { VirtualClock } from './virtual-clock.js'

export interface PlanRun {
  readonly report: ExecutionReport
  readonly cluster: TestCluster
  readonly clock: VirtualClock
  readonly events: readonly ExecutionEvent[]
  readonly journal: Journal
  readonly states: Readonly<Record<string, StepReport['state']>>
}

/** Carries a plan out on a cluster where every replica that moves away is ready at first. */
export async function runPlan(
  plan: Plan,
  script: Script = {},
  options: ExecuteOptions = {},
  prepare: (cluster: TestCluster, clock: VirtualClock) => void = () => {}
): Promise<PlanRun> {
  const clock = new VirtualClock()
  const cluster = new TestCluster(clock, follow(script))
  hostAll(cluster, plan)
  prepare(cluster, clock)
  const events: ExecutionEvent[] = []
  const journal = options.journal ?? memoryJournal()
  const report = await clock.run(
    execute(plan, cluster, { clock, journal, onEvent: (event) => events.push(event), ...options })
  )
  const states = Object.fromEntries(report.steps.map(({ id, state }) => [id, state]))
  return { report, cluster, clock, events, journal, states }
}

/** Every replica runs where its first steps expect it. */
function hostAll(cluster: TestCluster, { steps }: Plan): void {
  const arrives = new Set<string>()
  for (const step of steps) {
    if (step.action === 'start') {
      arrives.add(JSON.stringify([step.replica, step.node]))
      if (step.expects?.host !== null && step.expects?.host !== undefined && !cluster.serving.has(step.replica)) {
        cluster.host(step.replica, step.expects.host)
      }
    } else if ((step.action === 'drain' || step.action === 'stop') && !cluster.serving.has(step.replica)) {
      if (!arrives.has(JSON.stringify([step.replica, step.node]))) cluster.host(step.replica, step.node)
    }
  }
}
