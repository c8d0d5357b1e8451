import type { Decisions } from '../../../models/contract/decisions.js'
import type { BoundSource } from './trusted-bound.js'

/** What was decided and what that means for the bound, for people. */
export function noteDecisions({ accept, reject, pin }: Decisions, source: BoundSource): string[] {
  const counts = [
    [accept.length, 'accepted'],
    [reject.length, 'rejected'],
    [pin.length, 'pinned']
  ] as const
  const said = counts.flatMap(([count, what]) => (count === 0 ? [] : [`${count} ${what}`]))
  const bounds: Record<BoundSource, string> = {
    computed:
      'the bound is a quick one, computed anew, and holds whatever is decided: a better one comes with a plan made with --certificate (certificate: true), or of a plan of your own with --trust-bound (trustBound: true)',
    certificate:
      'the bound is recomputed from the certificate of the plan that was revised, and holds whatever is decided',
    stated: 'the bound is the one that the plan stated which was revised, and holds whatever is decided'
  }
  return [...(said.length === 0 ? [] : [`revised, with moves ${said.join(', ')}`]), bounds[source]]
}

/** Each decision with its place among them, in words. */
export function describeDecisions({
  accept,
  reject,
  pin
}: Decisions): { readonly path: string; readonly message: string }[] {
  return [
    ...accept.map(({ replica, node }, order) => ({
      path: `decisions.accept[${order}]`,
      message: `${replica} ends on ${node}`
    })),
    ...reject.map(({ replica, deployment, node, others }, order) => ({
      path: `decisions.reject[${order}]`,
      message: `${replica} does not come to ${node}, and of ${deployment} ${others === 0 ? 'nobody does' : `${others} may at most`}`
    })),
    ...pin.map(({ replica }, order) => ({ path: `decisions.pin[${order}]`, message: `${replica} stays where it is` }))
  ]
}
