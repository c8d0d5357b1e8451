import { reasonOf } from '../../../solvers/load-failure.js'

/** The API server cannot be asked: a package is not installed, or the kubeconfig names no cluster. The message says what to do. */
export class KubernetesUnavailableError extends Error {
  override readonly name = 'KubernetesUnavailableError'
  readonly code = 'KUBERNETES_UNAVAILABLE'
}

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
      { cause: error }
    )
  }
}
