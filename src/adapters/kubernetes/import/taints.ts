import type { Taint } from '../objects/node.js'
import type { Toleration } from '../objects/pod.js'

/** A taint that keeps pods from starting. PreferNoSchedule only asks for it. */
export type HardTaint = Taint & { readonly effect: 'NoSchedule' | 'NoExecute' }

/** Whether a taint keeps pods from starting. */
export function isHard(taint: Taint): taint is HardTaint {
  return taint.effect !== 'PreferNoSchedule'
}

/** A taint as kubectl writes it: `gpu=true:NoSchedule`. */
export function describeTaint({ key, value, effect }: Taint): string {
  return `${key}${value === null || value === undefined || value === '' ? '' : `=${value}`}:${effect}`
}

/** Whether one of the tolerations of a pod covers a taint, as the scheduler reads them. An operator that it does not know covers nothing. */
export function tolerates(tolerations: readonly Toleration[] | null | undefined, taint: Taint): boolean {
  return findToleration(tolerations, taint) !== undefined
}

/** Whether a pod that starts there may also stay: a toleration with a time is one until the pod is evicted again. */
export function toleratesForGood(tolerations: readonly Toleration[] | null | undefined, taint: Taint): boolean {
  const toleration = findToleration(tolerations, taint)
  if (toleration === undefined) return false
  const { tolerationSeconds } = toleration
  return taint.effect !== 'NoExecute' || tolerationSeconds === null || tolerationSeconds === undefined
}

function findToleration(tolerations: readonly Toleration[] | null | undefined, taint: Taint): Toleration | undefined {
  return (tolerations ?? []).find(({ key, operator, value, effect }) => {
    if (isSet(effect) && effect !== taint.effect) return false
    if (isSet(key) && key !== taint.key) return false
    if (operator === 'Exists') return true
    // Without a key, only Exists is allowed.
    return (!isSet(operator) || operator === 'Equal') && isSet(key) && (value ?? '') === (taint.value ?? '')
  })
}

function isSet(text: string | null | undefined): boolean {
  return text !== null && text !== undefined && text !== ''
}

/** What the DaemonSet controller lets its pods tolerate, beside what their template says. */
export const DAEMON_TOLERATIONS: readonly Toleration[] = [
  'not-ready',
  'unreachable',
  'disk-pressure',
  'memory-pressure',
  'pid-pressure',
  'unschedulable',
  'network-unavailable'
].map((name) => ({ key: `node.kubernetes.io/${name}`, operator: 'Exists' }))
