import { describeValue, formatPath } from './describe-input.js'
import type { ReportIssue } from './input-issues.js'
import type { Problem } from './problem.js'
import type { NodeSelector } from './quantities.js'

/** Names shown of those that are known. */
const MOST_NAMES = 12

/**
 * Resources that copies ask for and no node and no node type has: misspelt, most likely, and nowhere to be hosted. One that is declared
 * in `resources` is known, too.
 */
export function checkKnownResources(problem: Problem, report: ReportIssue): void {
  const holders = holdersOf(problem)
  if (holders.length === 0) return
  const resources = new Set([
    ...holders.flatMap(({ capacity }) => Object.keys(capacity)),
    ...Object.keys(problem.resources)
  ])
  const existing = new Set(problem.replicas.map(({ deployment }) => deployment))
  for (const [index, deployment] of problem.deployments.entries()) {
    // Scaled to zero, it may ask for nodes that are gone.
    if ((deployment.replicas ?? 0) === 0 && !existing.has(deployment.id)) continue
    for (const key of ['demand', 'startupDemand'] as const) {
      for (const [resource, amount] of Object.entries(deployment[key] ?? {})) {
        if (amount === 0 || resources.has(resource)) continue
        const hint = `declare it in "resources" where nodes that have it are yet to come`
        report(formatPath(['deployments', index, key, resource]), 'a resource that no node has', oneOf(resources), hint)
      }
    }
  }
}

/**
 * Labels in selectors and rules that no node and no node type has. That is legal, since a node without a label is simply not
 * selected and in no domain; but it is more often a mistake, so it is worth a word.
 */
export function noteUnknownLabels(problem: Problem): string[] {
  const labels = new Set(holdersOf(problem).flatMap((holder) => Object.keys(holder.labels)))
  const notes: string[] = []
  const note = (path: readonly PropertyKey[], label: string, what: string) => {
    if (!labels.has(label)) notes.push(`${formatPath(path)}: no node has the label ${describeValue(label)}, so ${what}`)
  }
  const noteSelector = (path: readonly PropertyKey[], selector: NodeSelector, what: string) => {
    for (const [label, condition] of Object.entries(selector)) {
      if (Array.isArray(condition) || condition.exists === true) note([...path, label], label, what)
    }
  }
  for (const [index, { nodeSelector }] of problem.deployments.entries()) {
    noteSelector(['deployments', index, 'nodeSelector'], nodeSelector, 'its copies can start nowhere')
  }
  for (const [index, rule] of problem.rules.entries()) {
    if (rule.kind === 'at-least')
      noteSelector(['rules', index, 'nodeSelector'], rule.nodeSelector, 'it selects nothing')
    else if (rule.topologyKey !== 'node')
      note(['rules', index, 'topologyKey'], rule.topologyKey, 'the rule has no domains')
  }
  return notes
}

function holdersOf({ nodes, nodeTypes }: Problem): (Problem['nodes'][number] | Problem['nodeTypes'][number])[] {
  return [...nodes, ...nodeTypes]
}

/** `one of "a", "b" and 3 more`, or `none` where there are no names. */
export function oneOf(names: ReadonlySet<string>, none = 'none: no node has any'): string {
  if (names.size === 0) return none
  const shown = [...names].slice(0, MOST_NAMES).map(describeValue).join(', ')
  return `one of ${shown}${names.size > MOST_NAMES ? ` and ${names.size - MOST_NAMES} more` : ''}`
}
