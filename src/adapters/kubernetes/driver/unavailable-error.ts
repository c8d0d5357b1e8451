import { StepError } from '../../../execution/driver.js'

/**
 * The API server cannot be asked: a package is not installed, or the kubeconfig names no cluster. The message says what to do. A step
 * that fails by it is refused, and not tried again.
 */
export class KubernetesUnavailableError extends StepError {
  readonly code = 'KUBERNETES_UNAVAILABLE'

  constructor(
    message: string,
    /** What was thrown by the package, where something was. */
    override readonly cause?: unknown
  ) {
    super('refused', message)
  }
}
