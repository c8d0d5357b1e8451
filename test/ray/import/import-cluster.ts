import { InputError } from '../../../models/contract/parse.js'
import { importRay, type RayImport, type RayImportOptions } from '../../../src/adapters/ray/import/import-ray.js'
import type { RayOverridesInput } from '../../../src/adapters/ray/import/overrides/overrides.js'
import { type ApplicationSpec, type DeploymentSpec, type NodeSpec, nodesPayload, servePayload } from '../payloads.js'

/** What every test cluster costs, and has no placement groups. */
export const PLAIN: RayOverridesInput = { defaults: { placementGroup: 'none', startupSeconds: 30 } }

/** Imports applications on nodes, every node for 1 an hour unless overrides say otherwise. */
export function importCluster(
  nodes: readonly NodeSpec[],
  applications: readonly ApplicationSpec[],
  overrides: RayOverridesInput = PLAIN,
  options: RayImportOptions = { unknownPrice: 1 }
): RayImport {
  const documents = [
    { name: 'serve.json', value: servePayload(applications) },
    { name: 'nodes.json', value: nodesPayload(nodes) }
  ]
  return importRay({ documents, overrides: { name: 'overrides.yaml', value: overrides } }, options)
}

/** Imports one deployment, `app/d`. */
export function importDeployment(
  nodes: readonly NodeSpec[],
  deployment: Omit<DeploymentSpec, 'name'>,
  overrides: RayOverridesInput = PLAIN
): RayImport {
  return importCluster(nodes, [{ name: 'app', deployments: [{ name: 'd', ...deployment }] }], overrides)
}

/** The error that an import ends with; fails where there is none. */
export function faultOf(attempt: () => unknown): InputError {
  try {
    attempt()
  } catch (error) {
    if (error instanceof InputError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}
