import { VERSION } from '../version.js'
import { type ControllerState, phases } from './controller-state.js'
import { failedParts } from './events.js'
import { type MetricFamily, renderOpenMetrics, type Sample } from './open-metrics.js'
import type { Policy } from './policy.js'
import { roundOutcomes } from './round-report.js'
import { executionOutcomes, moveOutcomes, type Tally } from './tally.js'

const PREFIX = 'replica_compactor'

/** What a controller measures, as OpenMetrics text. `now`: milliseconds of its clock. */
export function renderMetrics(state: ControllerState, tally: Tally, mode: Policy['mode'], now: number): string {
  const { lastPlan, observed } = tally
  const { backoff, held, phase, stableSince } = state
  const secondsSince = (at: number) => Math.max(0, now - at) / 1000
  const costs = [
    ...labelled('state', 'current', observed?.costPerHour ?? lastPlan?.costPerHour.current),
    ...labelled('state', 'planned', lastPlan?.costPerHour.planned),
    ...labelled('state', 'bound', lastPlan?.costPerHour.bound)
  ]
  const nodes = [
    ...labelled('state', 'current', observed?.nodes ?? lastPlan?.nodes.current),
    ...labelled('state', 'planned', lastPlan?.nodes.planned)
  ]
  const families: MetricFamily[] = [
    {
      name: `${PREFIX}_controller`,
      type: 'info',
      help: 'The version that runs, and what it may do.',
      samples: [{ labels: { version: VERSION, mode }, value: 1 }]
    },
    {
      name: `${PREFIX}_phase`,
      type: 'stateset',
      help: 'What the controller is busy with.',
      samples: phases.map((each) => ({ labels: { [`${PREFIX}_phase`]: each }, value: each === phase ? 1 : 0 }))
    },
    gauge(
      'cost_per_hour',
      'Money per hour: of all nodes there are, of those after the last plan, and proven to be needed at least.',
      costs
    ),
    gauge('nodes', 'Nodes that there are, and after the last plan.', nodes),
    gauge('replicas', 'Replicas that there are, those without a node included.', some(observed?.replicas)),
    gauge('planned_saving_per_hour', 'Money per hour that the last plan saves.', some(lastPlan?.savingPerHour)),
    gauge('planned_migrations', 'Migrations of the last plan.', some(lastPlan?.migrations)),
    seconds(
      'plan_age',
      'How long ago the last plan was made.',
      lastPlan === null ? [] : some(secondsSince(lastPlan.at))
    ),
    seconds('stable', 'For how long nothing has changed.', stableSince === null ? [] : some(secondsSince(stableSince))),
    gauge('held', 'What is left alone for now.', [
      { labels: { kind: 'deployment' }, value: held.deployments.length },
      { labels: { kind: 'node' }, value: held.nodes.length }
    ]),
    seconds('backoff', 'For how long nothing is done, after failures.', [
      { value: backoff.until === null ? 0 : Math.max(0, backoff.until - now) / 1000 }
    ]),
    gauge('failures_in_a_row', 'Failures since the last success.', some(backoff.failures)),
    counter(
      'rounds',
      'Rounds, by how they ended.',
      byName('outcome', roundOutcomes, (name) => tally.rounds.of(name))
    ),
    counter('plans', 'Plans that were made.', some(tally.plans)),
    secondsTotal('planning', 'Time that went into planning.', tally.planningMs),
    counter(
      'executions',
      'Plans that were carried out, by how that ended.',
      byName('outcome', executionOutcomes, (name) => tally.executions.of(name))
    ),
    secondsTotal('execution', 'Time that went into carrying plans out.', tally.executionMs),
    counter(
      'migrations',
      'Replicas that were to move, by what became of that.',
      byName('outcome', moveOutcomes, (name) => tally.migrations.of(name))
    ),
    counter('step_failures', 'Attempts of steps that failed.', some(tally.stepFailures)),
    counter(
      'failures',
      'What failed otherwise, by part.',
      byName('part', failedParts, (name) => tally.failures.of(name))
    ),
    counter('drifts', 'Plans under which the cluster changed.', some(tally.drifts)),
    counter('released_nodes', 'Nodes given back.', some(tally.releasedNodes)),
    counter('saved_money', 'Money saved: what each plan saves an hour, from its end on, for a day at most.', [
      { value: tally.savings.at(now) }
    ])
  ]
  return renderOpenMetrics(families)
}

function gauge(name: string, help: string, samples: readonly Sample[]): MetricFamily {
  return { name: `${PREFIX}_${name}`, type: 'gauge', help, samples }
}

function counter(name: string, help: string, samples: readonly Sample[]): MetricFamily {
  return { name: `${PREFIX}_${name}`, type: 'counter', help, samples }
}

function seconds(name: string, help: string, samples: readonly Sample[]): MetricFamily {
  return { ...gauge(`${name}_seconds`, help, samples), unit: 'seconds' }
}

function secondsTotal(name: string, help: string, milliseconds: number): MetricFamily {
  return { ...counter(`${name}_seconds`, help, [{ value: milliseconds / 1000 }]), unit: 'seconds' }
}

function some(value: number | undefined): Sample[] {
  return value === undefined ? [] : [{ value }]
}

function labelled(label: string, value: string, amount: number | undefined): Sample[] {
  return amount === undefined ? [] : [{ labels: { [label]: value }, value: amount }]
}

function byName<Name extends string>(label: string, names: readonly Name[], count: (name: Name) => number): Sample[] {
  return names.map((name) => ({ labels: { [label]: name }, value: count(name) }))
}
