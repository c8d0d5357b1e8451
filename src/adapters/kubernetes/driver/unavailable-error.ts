/** The API server cannot be asked: a package is not installed, or the kubeconfig names no cluster. The message says what to do. */
export class KubernetesUnavailableError extends Error {
  override readonly name = 'KubernetesUnavailableError'
  readonly code = 'KUBERNETES_UNAVAILABLE'
}
