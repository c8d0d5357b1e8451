import { describeValue } from '../../../../../models/contract/describe-input.js'

/** What one label of a node has to be, or must not be. A label that is not there is none of the values. */
export interface LabelCondition {
  readonly label: string
  readonly isDenied: boolean
  readonly values: readonly string[]
}

/** Conditions that hold together. */
export type Conjunction = readonly LabelCondition[]

const LIST = /^(!?)in\s*\(([^()]*)\)$/i
const SINGLE = /^(!?)([^()!]*)$/

/**
 * A selector as Ray writes it, label to `a`, `!a`, `in(a, b)` or `!in(a, b)`.
 *
 * @param onFault told of every text that is none of these
 */
export function readSelector(
  selector: Readonly<Record<string, string>>,
  onFault: (label: string, found: string) => void
): Conjunction {
  return Object.entries(selector).flatMap(([label, text]) => {
    const list = LIST.exec(text.trim())
    const single = list === null ? SINGLE.exec(text.trim()) : null
    const [, negation, inside] = list ?? single ?? []
    const values = (list === null ? [inside ?? ''] : (inside ?? '').split(',')).map((value) => value.trim())
    if (inside === undefined || (list !== null && values.includes(''))) {
      onFault(label, describeValue(text))
      return []
    }
    return { label, isDenied: negation === '!', values: [...new Set(values)] }
  })
}

/** What a text of a selector has to be, for messages. */
export const SELECTOR_FORM = 'a value, or "!value", "in(a, b)", "!in(a, b)"'

export function holds(conditions: Conjunction, labels: Readonly<Record<string, string>>): boolean {
  return conditions.every(({ label, isDenied, values }) => {
    const value = Object.hasOwn(labels, label) ? labels[label] : undefined
    return (value !== undefined && values.includes(value)) !== isDenied
  })
}
