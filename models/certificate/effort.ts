/** Steps, and cells of tables by the thousand, that count as one unit of work. */
const CELLS_OF_A_UNIT = 500

/** How much may be done before what is left counts as not confirmed; counted the same on every machine. */
export class Effort {
  constructor(
    /** Units of work: about a microsecond each. */
    public left: number
  ) {}

  get isSpent(): boolean {
    return this.left <= 0
  }

  cells(cells: number): void {
    this.left -= cells / CELLS_OF_A_UNIT
  }
}
