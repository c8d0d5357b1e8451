import type { Instance, InstanceDeployment } from '../../models/instance/instance.js'
import type { Sequence } from '../migration/sequence.js'

/** Names listed at most. */
const MOST_NAMES = 3

/** What of the ladder was out of reach when moves stayed blocked, and why: cheap, and not tried. One note, or none. */
export function hintsForBlocked(instance: Instance, { cut, migrations }: Sequence): string[] {
  const blocked = cut.moves.filter(({ reason }) => reason === 'blocked')
  if (blocked.length === 0) return []
  const { rungs, level } = instance.problem.migration
  const has = (rung: (typeof rungs)[number]) => rungs.includes(rung)
  const hints: string[] = []
  if (!has('hop'))
    hints.push(
      `migration.rungs leaves out hop${has('rent') || has('delay-release') ? ', which stop-overs of any kind need' : ''}`
    )
  else if (instance.budget.migrations - migrations < 1) hints.push('the budget leaves no migration for a stop-over')
  if (!has('rent')) hints.push('migration.rungs leaves out rent')
  else if (!instance.nodes.some(({ purchase }) => purchase >= 0))
    hints.push('rent needs nodeTypes of which any may be bought')
  if (!has('stop-first') && level !== 'final') hints.push('migration.rungs leaves out stop-first')
  else {
    const fixed = [...new Set(blocked.map(({ deployment }) => deployment))]
      .map((deployment) => instance.deployments[deployment] as InstanceDeployment)
      .filter(({ maxUnavailable }) => maxUnavailable === 0)
    const names = fixed.slice(0, MOST_NAMES).map(({ id }) => id)
    const others = fixed.length > names.length ? ` and ${fixed.length - names.length} more` : ''
    if (fixed.length > 0) hints.push(`stop-first needs maxUnavailable of at least 1, of ${names.join(', ')}${others}`)
  }
  return hints.length === 0 ? [] : [`What might unblock moves that were given up: ${hints.join('; ')}.`]
}
