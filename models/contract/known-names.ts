import { describeValue, formatPath } from './describe-input.js'
import type { ReportIssue } from './input-issues.js'
import type { Problem } from './problem.js'
import type { NodeSelector } from './quantities.js'

/** Names shown of those that are known. */
const MOST_NAMES = 12

/**
 * Resources, labels and topology keys that no node and no node type has: misspelt, they would silently relax a constraint or
 * make it impossible. A resource that is declared in `resources` is known, too.
 */
export function checkKnownNames(problem: Problem, report: ReportIssue): void {
  const holders = [...problem.nodes, ...problem.nodeTypes]
  if (holders.length === 0) return
  const resources = new Set([
    ...holders.flatMap(({ capacity }) => Object.keys(capacity)),
    ...Object.keys(problem.resources)
  ])
  const labels = new Set(holders.flatMap((holder) => Object.keys(holder.labels)))
  const checkSelector = (path: readonly PropertyKey[], selector: NodeSelector) => {
    for (const label of Object.keys(selector)) {
      if (!labels.has(label)) report(formatPath([...path, label]), 'a label that no node has', oneOf(labels))
    }
  }
  for (const [index, deployment] of problem.deployments.entries()) {
    for (const key of ['demand', 'startupDemand'] as const) {
      for (const [resource, amount] of Object.entries(deployment[key] ?? {})) {
        if (amount === 0 || resources.has(resource)) continue
        const hint = `declare it in "resources" where nodes that have it are yet to come`
        report(formatPath(['deployments', index, key, resource]), 'a resource that no node has', oneOf(resources), hint)
      }
    }
    checkSelector(['deployments', index, 'nodeSelector'], deployment.nodeSelector)
  }
  for (const [index, rule] of problem.rules.entries()) {
    if (rule.kind === 'at-least') checkSelector(['rules', index, 'nodeSelector'], rule.nodeSelector)
    else if (rule.topologyKey !== 'node' && !labels.has(rule.topologyKey)) {
      const found = `${describeValue(rule.topologyKey)}, a label that no node has`
      report(formatPath(['rules', index, 'topologyKey']), found, oneOf(new Set(['node', ...labels])))
    }
  }
}

function oneOf(names: ReadonlySet<string>): string {
  if (names.size === 0) return 'none: no node has any'
  const shown = [...names].slice(0, MOST_NAMES).map(describeValue).join(', ')
  return `one of ${shown}${names.size > MOST_NAMES ? ` and ${names.size - MOST_NAMES} more` : ''}`
}
