import { formatPath } from '../../../../models/contract/describe-input.js'
import type { InputIssue } from '../../../../models/contract/input-issues.js'
import { InputError } from '../../../../models/contract/parse.js'

/** Where an object was found: the name of its document, and the path inside it, empty for all of it. */
export interface Place {
  readonly document: string
  readonly path: string
}

/** The first of so many are kept; a snapshot that is wrong in more places is wrong in kind. */
const MOST_KEPT = 1000

/** Everything that is wrong with a snapshot, gathered so that it can be said at once. */
export class Faults {
  readonly #issues: InputIssue[] = []

  /** Notes something wrong at a path inside an object. */
  report(place: Place, path: readonly PropertyKey[], found: string, expected: string, hint?: string): void {
    this.add(place, { path: formatPath(path), found, expected, ...(hint === undefined ? {} : { hint }) })
  }

  /** Notes an issue whose path starts at an object. */
  add(place: Place, issue: InputIssue): void {
    if (this.#issues.length < MOST_KEPT) this.#issues.push({ ...issue, path: joinPlace(place, issue.path) })
  }

  get hasAny(): boolean {
    return this.#issues.length > 0
  }

  /** Throws an InputError where something was noted. */
  throwIfAny(): void {
    if (this.#issues.length > 0) throw new InputError('kubernetes', this.#issues)
  }
}

/** A place for people: `cluster.json: items[3].spec.nodeName`. */
export function joinPlace({ document, path }: Place, inner = ''): string {
  const whole = path === '' || inner === '' || inner.startsWith('[') ? `${path}${inner}` : `${path}.${inner}`
  return whole === '' ? document : `${document}: ${whole}`
}
