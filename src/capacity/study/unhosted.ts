import { describeValue, formatPath } from '../../../models/contract/describe-input.js'
import type { InputIssue } from '../../../models/contract/input-issues.js'
import type { NodeSelector, ResourceAmounts } from '../../../models/contract/quantities.js'
import type { Study, StudyDeployment } from '../../../models/contract/study.js'
import { labelOf, matchesCondition, matchesSelector } from '../../../models/instance/selector.js'
import { tellDemand } from '../../result/label-words.js'
import { GPU_MEMORY_LABEL } from '../labels.js'
import { nearestNames } from '../nearest-names.js'
import { selectorOf } from './gpu-memory.js'
import { admits, amountOf, lackingOf } from './hosting.js'
import { isSpot, withMarket } from './markets.js'
import { reservedNodes } from './reserved-nodes.js'

/** Something that hosts copies: a node that takes some, or a type that may be bought. */
interface Host {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly capacity: ResourceAmounts
}

/** Deployments that fit no node and no type, even an empty one, and what stands in their way; of those in `wanted`, by id. */
export function findUnhosted(study: Study, wanted: ReadonlySet<string>): InputIssue[] {
  const hosts = hostsOf(study)
  return study.deployments.flatMap((deployment, index): InputIssue[] => {
    if (!wanted.has(deployment.id)) return []
    const nodeSelector = selectorOf(study, deployment)
    const fitting = hosts.filter((host) => admits(host, { ...deployment, nodeSelector }))
    if (fitting.length > 0) return findUnsteady(study, index, fitting)
    const admitted = hosts.filter(({ labels }) => matchesSelector(nodeSelector, labels))
    if (hosts.length === 0)
      return [
        {
          path: `deployments[${index}]`,
          found: 'no node that takes replicas',
          expected: 'one, or a type that may be bought'
        }
      ]
    if (admitted.length > 0) return describeLack(index, deployment, admitted)
    return [describeLabels(index, deployment, nodeSelector, hosts)]
  })
}

function hostsOf(study: Study): Host[] {
  const open = study.nodes.filter(({ acceptsReplicas, mustEmpty }) => acceptsReplicas && !mustEmpty)
  const nodes = [...open, ...reservedNodes(study)].map(({ id, labels, capacity }) => ({ name: id, labels, capacity }))
  const types = study.nodeTypes.filter(({ maxNew }) => maxNew > 0).map(({ type, ...rest }) => ({ name: type, ...rest }))
  return [...nodes, ...types].map((host) => ({ ...host, labels: withMarket(host.labels) }))
}

/** With a floor, some of what hosts it must not be spot. */
function findUnsteady(study: Study, index: number, fitting: readonly Host[]): InputIssue[] {
  const { floor } = study.deployments[index] as StudyDeployment
  const value = floor ?? study.availability.floor
  if (value === 0 || fitting.some(({ labels }) => !isSpot(labels))) return []
  const path = floor === undefined ? 'availability.floor' : `deployments[${index}].floor`
  const found = `${value}, and ${fitting.length === 1 ? 'the only host is' : 'all hosts are'} spot: ${namesOf(fitting)}`
  const { id } = study.deployments[index] as StudyDeployment
  return [{ path, found, expected: `a node or type that hosts ${describeValue(id)} and is not spot` }]
}

/** What the nearest of the hosts that its selector admits has too little of. */
function describeLack(
  index: number,
  { demand, startupDemand, nodeSelector }: StudyDeployment,
  admitted: readonly Host[]
): InputIssue[] {
  const needs: ResourceAmounts = { ...demand }
  for (const [resource, amount] of Object.entries(startupDemand ?? {}))
    needs[resource] = Math.max(amount, amountOf(demand, resource))
  const nearest = nearestHost(admitted, ({ capacity }) => shortage(capacity, needs))
  const where = Object.keys(nodeSelector).length > 0 ? ' that its selector admits' : ''
  return lackingOf(nearest.capacity, needs).map((resource) => {
    const key = amountOf(demand, resource) < (needs[resource] as number) ? 'startupDemand' : 'demand'
    const has = amountOf(nearest.capacity, resource)
    return {
      path: formatPath(['deployments', index, key, resource]),
      found: String(needs[resource]),
      expected: `at most ${has}, which ${describeValue(nearest.name)} has: the nearest node or type${where}`
    }
  })
}

/** Which label no host has as it is asked for; where each has some, the nearest host and what it has instead. */
function describeLabels(
  index: number,
  deployment: StudyDeployment,
  selector: NodeSelector,
  hosts: readonly Host[]
): InputIssue {
  for (const [label, condition] of Object.entries(selector)) {
    if (hosts.some(({ labels }) => matchesCondition(condition, labelOf(labels, label)))) continue
    const values = Array.isArray(condition) ? condition : []
    const there = valuesOf(hosts, label)
    if (label === GPU_MEMORY_LABEL && deployment.minGpuMemory !== undefined && values.length === 0) {
      return describeMemory(index, deployment.minGpuMemory, hosts)
    }
    return {
      path: formatPath(['deployments', index, 'nodeSelector', label]),
      found: Array.isArray(condition) ? values.map(describeValue).join(' or ') : `what ${tellDemand(condition)}`,
      expected:
        there.length === 0 ? 'a label that some node or type has' : `one of ${nearestNames(values[0] ?? '', there)}`
    }
  }
  const misses = ({ labels }: Host) =>
    Object.entries(selector).flatMap(([label, condition]) =>
      matchesCondition(condition, labelOf(labels, label)) ? [] : [label]
    )
  const nearest = nearestHost(hosts, (host) => misses(host).length)
  const instead = misses(nearest).map((label) => `${label} ${describeValue(labelOf(nearest.labels, label))}`)
  return {
    path: formatPath(['deployments', index, 'nodeSelector']),
    found: `${Object.keys(selector).join(', ')} as no node or type has them together`,
    expected: `labels of one: ${describeValue(nearest.name)}, the nearest, has ${instead.join(', ')}`
  }
}

function describeMemory(index: number, asked: number, hosts: readonly Host[]): InputIssue {
  const path = `deployments[${index}].minGpuMemory`
  const memoryOf = ({ labels }: Host) => Number(labelOf(labels, GPU_MEMORY_LABEL)) || 0
  const largest = nearestHost(hosts, (host) => -memoryOf(host))
  const most = memoryOf(largest)
  const expected =
    most === 0
      ? `nodes or types with the label ${GPU_MEMORY_LABEL}`
      : most < asked
        ? `at most ${most}, which ${describeValue(largest.name)} has`
        : `a value that its nodeSelector for ${GPU_MEMORY_LABEL} allows`
  return { path, found: String(asked), expected }
}

function nearestHost(hosts: readonly Host[], distance: (host: Host) => number): Host {
  return hosts.reduce((best, host) => (distance(host) < distance(best) ? host : best))
}

/** Resources that a capacity has too little of, each with the share of the demand that is missing. */
function shortage(capacity: ResourceAmounts, needs: ResourceAmounts): number {
  const lacking = lackingOf(capacity, needs)
  return lacking.reduce((sum, name) => sum + 2 - amountOf(capacity, name) / (needs[name] as number), 0)
}

function valuesOf(hosts: readonly Host[], label: string): string[] {
  return [...new Set(hosts.flatMap(({ labels }) => labelOf(labels, label) ?? []))]
}

function namesOf(hosts: readonly Host[]): string {
  return nearestNames(
    hosts[0]?.name ?? '',
    hosts.map(({ name }) => name)
  )
}
