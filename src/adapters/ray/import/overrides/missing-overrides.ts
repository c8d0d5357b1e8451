import { formatPath } from '../../../../../models/contract/describe-input.js'
import type { InputIssue } from '../../../../../models/contract/input-issues.js'
import { InputError } from '../../../../../models/contract/parse.js'
import { groupBy } from '../../../../../models/grouping.js'

/** Something that Ray does not show and the operator has to say. */
interface Missing {
  /** The part of the overrides, and whose entry there. */
  readonly section: 'nodeGroups' | 'nodes' | 'deployments' | 'replicas'
  readonly key: string
  readonly field: string
  /** Why it cannot be known. */
  readonly found: string
  /** What it has to be. */
  readonly expected: string
}

/** Payloads that are right, and overrides that do not say all that is needed. */
export class MissingOverridesError extends InputError {
  constructor(
    issues: readonly InputIssue[],
    /** An overrides file in YAML with all that is missing, to be filled in. */
    readonly skeleton: string
  ) {
    super('ray', issues)
  }
}

const SECTIONS = ['nodeGroups', 'nodes', 'deployments', 'replicas'] as const

/** Everything that overrides have to say and do not, each once. */
export class MissingOverrides {
  readonly #items = new Map<string, Missing>()

  add(missing: Missing): void {
    const { section, key, field } = missing
    this.#items.set(formatPath([section, key, field]), missing)
  }

  /** Throws what is wrong, if anything is, and else what is missing. */
  throwWith(issues: readonly InputIssue[]): void {
    if (issues.length > 0) throw new InputError('ray', issues)
    if (this.#items.size === 0) return
    const items = [...this.#items]
    const skeleton = this.#writeSkeleton()
    throw new MissingOverridesError(
      [
        {
          path: 'overrides',
          found: `nothing about ${describeSubjects(items.map(([, item]) => item))}`,
          expected: `these lines, filled in:\n\n${indent(skeleton)}\n `
        },
        ...items.map(([path, { found, expected }]) => ({ path: `overrides ${path}`, found, expected }))
      ],
      skeleton
    )
  }

  #writeSkeleton(): string {
    const sections = groupBy(this.#items.values(), ({ section }) => section)
    return SECTIONS.flatMap((section) => {
      const entries = groupBy(sections.get(section) ?? [], ({ key }) => key)
      if (entries.size === 0) return []
      const lines = [...entries].flatMap(([key, fields]) => [
        `  ${JSON.stringify(key)}:`,
        ...fields.map(({ field, expected }) => `    ${field}: # ${expected}`)
      ])
      return [`${section}:`, ...lines]
    }).join('\n')
  }
}

function describeSubjects(items: readonly Missing[]): string {
  const fields = groupBy(items, ({ field }) => field)
  return [...fields].map(([field, those]) => `${field} (${those.length})`).join(', ')
}

function indent(text: string): string {
  return text
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n')
}
