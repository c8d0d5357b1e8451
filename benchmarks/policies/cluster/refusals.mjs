/** What policies cannot do, in words. */

/** @import { Instance } from '../../../dist/models/instance/instance.js' */

/**
 * Of policies that only move what runs: others create replicas and take them away.
 *
 * @type {(instance: Instance) => string | null}
 */
export function refuseOtherCounts({ deployments, realDeployments }) {
  const real = deployments.slice(0, realDeployments)
  if (real.some(({ desired, placed }) => desired > placed)) return 'places no pending replicas'
  return real.some(({ surplus }) => surplus > 0) ? 'stops no surplus replicas' : null
}

/** Of schedulers that look at nothing but amounts and labels. @type {(instance: Instance) => string | null} */
export function refuseRules({ counters, conflicts }) {
  if (counters.length > 0) return 'knows no anti-affinity between replicas'
  return conflicts.length > 0 ? 'knows no deployments that must not meet' : null
}
