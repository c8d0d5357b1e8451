import { describeValue } from '../../../models/contract/describe-input.js'
import { type ImportedSystem, printedBy } from '../../../models/contract/printed-by.js'
import { FaultError } from './fault.js'

/** What a value looks like, before it is checked. `ray-overrides`: what an operator adds to what Ray shows. */
export type Kind = 'problem' | 'result' | ImportedSystem | 'ray-overrides'

/** Tells a Problem, a Result, and what Kubernetes or Ray print. Throws FaultError for what is nothing of that, and says what it is where that can be told. */
export function recognise(name: string, value: unknown): Kind {
  const system = printedBy(value)
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

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function has(value: object, key: string): boolean {
  return Object.hasOwn(value, key)
}
