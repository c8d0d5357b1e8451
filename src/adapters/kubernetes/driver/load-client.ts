import { reasonOf } from '../../../solvers/load-failure.js'
import { KubernetesUnavailableError } from './unavailable-error.js'

/** The package `@kubernetes/client-node`, installed by whoever drives a cluster. Rejects with KubernetesUnavailableError where it is not. */
export async function loadClient(): Promise<typeof import('@kubernetes/client-node')> {
  try {
    return await import('@kubernetes/client-node')
  } catch (error) {
    const reason = reasonOf(error)
    const isMissing = /^Cannot find (package|module) ['"]@kubernetes\/client-node/.test(reason)
    throw new KubernetesUnavailableError(
      isMissing
        ? '@kubernetes/client-node is not installed; npm install @kubernetes/client-node gets it'
        : `@kubernetes/client-node could not be loaded: ${reason}`,
      error
    )
  }
}
