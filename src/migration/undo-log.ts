/** What takes back what was done, the latest first. */
export class UndoLog {
  readonly #entries: (() => void)[] = []

  push(takeBack: () => void): void {
    this.#entries.push(takeBack)
  }

  mark(): number {
    return this.#entries.length
  }

  /** Takes back everything since a mark. */
  undo(mark: number): void {
    while (this.#entries.length > mark) (this.#entries.pop() as () => void)()
  }
}
