import type { ImportRemark } from '../../import-report.js'

/** Names shown in a remark of those that it is about. */
const MOST_NAMES = 5

/** `a`, `a and b`, `a, b and 4 more`: names for people. */
export function listNames(names: readonly string[]): string {
  if (names.length <= 1) return names.join('')
  if (names.length > MOST_NAMES) return `${names.slice(0, MOST_NAMES).join(', ')} and ${names.length - MOST_NAMES} more`
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}

/** What an import has to say, as it goes on; the same thing is said once. */
export class Remarks {
  readonly pinned: ImportRemark[] = []
  readonly leftOut: ImportRemark[] = []
  readonly adapted: ImportRemark[] = []
  readonly #said = new Set<string>()

  /** It is in the Problem and stays where it is. */
  pin(remark: ImportRemark): void {
    this.#say(this.pinned, 'pinned', remark)
  }

  /** It is not in the Problem as a replica. */
  leaveOut(remark: ImportRemark): void {
    this.#say(this.leftOut, 'left out', remark)
  }

  /** It is understood in another way than the cluster writes it. */
  adapt(remark: ImportRemark): void {
    this.#say(this.adapted, 'adapted', remark)
  }

  #say(list: ImportRemark[], where: string, remark: ImportRemark): void {
    const key = JSON.stringify([where, remark.kind, remark.id, remark.code, remark.reason])
    if (this.#said.size < this.#said.add(key).size) list.push(remark)
  }
}
