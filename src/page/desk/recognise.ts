import { describeValue } from '../../../models/contract/describe-input.js'
import { FaultError } from './fault.js'

/** A system whose clusters are imported. */
export type System = 'kubernetes' | 'ray'

/** What a value looks like, before it is checked. `ray-overrides`: what an operator adds to what Ray shows. */
export type Kind = 'problem' | 'result' | System | 'ray-overrides'

/** Tells a Problem, a Result, and what Kubernetes or Ray print. Throws FaultError for what is nothing of that, and says what it is where that can be told. */
export function recognise(name: string, value: unknown): Kind {
  const system = systemOf(value)
  if (system !== undefined) return system
  if (!isMapping(value)) {
    throw new FaultError({
      title: `${name} is no Problem: found ${describeValue(value)}, expected a mapping.`,
      advice: 'A Problem has the keys schemaVersion, nodes, deployments and replicas; an example shows the form.'
    })
  }
  if (has(value, 'forecast') || has(value, 'catalogue')) {
    throw new FaultError({
      title: `${name} is a study of capacity, no Problem.`,
      advice: 'It is answered on the command line: npx replica-compactor capacity --help.'
    })
  }
  if (has(value, 'nodeGroups') || has(value, 'defaults') || (has(value, 'deployments') && isMapping(value.deployments)))
    return 'ray-overrides'
  return has(value, 'termination') || (has(value, 'placement') && !has(value, 'nodes')) ? 'result' : 'problem'
}

/** Keys that only answers of Ray's dashboard have. */
const RAY_KEYS = ['raylet', 'proxies', 'node_manager_address', 'actor_id', 'applications']

/** Who prints such values; of a list its first entry tells. */
function systemOf(value: unknown): System | undefined {
  const sample: unknown = Array.isArray(value) ? value[0] : value
  if (!isMapping(sample)) return undefined
  if (has(sample, 'kind') && (has(sample, 'apiVersion') || has(sample, 'metadata') || has(sample, 'items')))
    return 'kubernetes'
  if (RAY_KEYS.some((key) => has(sample, key)) || (has(sample, 'node_id') && has(sample, 'resources_total')))
    return 'ray'
  // An answer of the dashboard is wrapped; a file may hold several, by their URLs.
  const isAnswer = has(sample, 'result') && has(sample, 'data')
  return isAnswer || Object.keys(sample).some((key) => /^(GET )?\/(api|nodes)\b/.test(key)) ? 'ray' : undefined
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function has(value: object, key: string): boolean {
  return Object.hasOwn(value, key)
}
