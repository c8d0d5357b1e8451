import type { LabelCondition, NodeSelector } from '../../../../../models/contract/quantities.js'
import { groupBy } from '../../../../../models/grouping.js'
import { type Conjunction, holds } from './label-conditions.js'

/** A label that the importer gives nodes, where a Problem cannot say otherwise which of them are meant. */
interface ChoiceLabel {
  readonly label: string
  readonly alternatives: readonly Conjunction[]
}

/** Which nodes may be chosen, said in selectors of a Problem; what these cannot say, in labels of the importer's own. */
export class NodeChoices {
  readonly #own = new Map<string, ChoiceLabel>()
  /** Labels of nodes that selectors refer to. */
  readonly usedLabels = new Set<string>()

  /** The selector of nodes that meet one of the alternatives; `isUnion`: it says so by a label of its own. */
  selectorOf(alternatives: readonly Conjunction[]): { readonly selector: NodeSelector; readonly isUnion: boolean } {
    // Whoever takes any node does not choose.
    if (alternatives.some((conditions) => conditions.length === 0))
      return { selector: {}, isUnion: alternatives.length > 1 }
    const [only] = alternatives
    const selector = alternatives.length === 1 && only !== undefined ? expressTogether(only) : null
    if (selector !== null) {
      for (const label of Object.keys(selector)) this.usedLabels.add(label)
      return { selector, isUnion: false }
    }
    const key = JSON.stringify(alternatives)
    const own = this.#own.get(key) ?? { label: `replica-compactor/choice-${this.#own.size + 1}`, alternatives }
    this.#own.set(key, own)
    return { selector: { [own.label]: ['yes'] }, isUnion: alternatives.length > 1 }
  }

  /** The importer's labels of a node. */
  ownLabels(labels: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
    const meant = [...this.#own.values()].filter(({ alternatives }) => alternatives.some((each) => holds(each, labels)))
    return Object.fromEntries(meant.map(({ label }) => [label, 'yes']))
  }
}

/** Conditions as a selector; null: no node can meet them, which a selector cannot say. */
function expressTogether(conditions: Conjunction): NodeSelector | null {
  const entries: [string, LabelCondition][] = []
  for (const [label, together] of groupBy(conditions, (condition) => condition.label)) {
    const denied = new Set(together.flatMap(({ isDenied, values }) => (isDenied ? values : [])))
    const lists = together.filter(({ isDenied }) => !isDenied).map(({ values }) => values)
    const [first] = lists
    if (first === undefined) {
      entries.push([label, { notIn: [...denied] }])
      continue
    }
    const allowed = first.filter((value) => !denied.has(value) && lists.every((values) => values.includes(value)))
    if (allowed.length === 0) return null
    entries.push([label, allowed])
  }
  return Object.fromEntries(entries)
}
