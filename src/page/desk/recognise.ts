import { describeValue } from '../../../models/contract/describe-input.js'
import { FaultError } from './fault.js'

/** What a value looks like, before it is checked. */
export type Kind = 'problem' | 'result'

/**
 * Tells a Problem from a Result. Throws FaultError for what is neither, and says what it is where that can be told: a dump of
 * Kubernetes or Ray, a study of capacity.
 */
export function recognise(name: string, value: unknown): Kind {
  const foreign = nameForeign(value)
  if (foreign !== undefined) throw new FaultError({ title: `${name} is ${foreign.what}.`, advice: foreign.advice })
  if (!isMapping(value)) {
    throw new FaultError({
      title: `${name} is no Problem: found ${describeValue(value)}, expected a mapping.`,
      advice: 'A Problem has the keys schemaVersion, nodes, deployments and replicas; an example shows the form.'
    })
  }
  return has(value, 'termination') || (has(value, 'placement') && !has(value, 'nodes')) ? 'result' : 'problem'
}

const WRITE_A_PROBLEM =
  'Such files are not read yet. Write a Problem from it: nodes with capacity and costPerHour, deployments with demand, replicas with their node. An example shows the form.'

/** What a value is that is known and cannot be used here. */
function nameForeign(value: unknown): { what: string; advice: string } | undefined {
  const sample: unknown = Array.isArray(value) ? value[0] : value
  if (!isMapping(sample)) return undefined
  if (has(sample, 'apiVersion') && has(sample, 'kind')) {
    const isRay = String(sample.apiVersion).startsWith('ray.io/')
    const kind = String(sample.kind).slice(0, 60)
    return { what: `an object of ${isRay ? 'Ray on ' : ''}Kubernetes, of kind ${kind}`, advice: WRITE_A_PROBLEM }
  }
  if (['raylet', 'proxies', 'node_manager_address', 'actor_id'].some((key) => has(sample, key)) || isRayNode(sample)) {
    return { what: 'a dump of Ray', advice: WRITE_A_PROBLEM }
  }
  if (has(sample, 'forecast') || has(sample, 'catalogue')) {
    const advice = 'It is answered on the command line: npx replica-compactor capacity --help.'
    return { what: 'a study of capacity, no Problem', advice }
  }
  return undefined
}

function isRayNode(sample: Record<string, unknown>): boolean {
  return has(sample, 'node_id') && has(sample, 'resources_total')
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function has(value: object, key: string): boolean {
  return Object.hasOwn(value, key)
}
