/**
 * A mixed-integer program, solver-neutral: minimise cost · x + offset, rowLower ≤ A x ≤ rowUpper, columnLower ≤ x ≤ columnUpper,
 * some x whole. A is stored by rows (CSR). Everything is a typed array, so that a program crosses threads without a copy in JSON.
 */
export interface LinearProgram {
  readonly name: string
  readonly columns: number
  readonly rows: number
  readonly offset: number
  readonly cost: Float64Array
  readonly columnLower: Float64Array
  readonly columnUpper: Float64Array
  /** 1 where the column must be whole. */
  readonly integer: Uint8Array
  readonly rowLower: Float64Array
  readonly rowUpper: Float64Array
  /** Length rows + 1: the entries of row i are those from rowStart[i] up to, not including, rowStart[i + 1]. */
  readonly rowStart: Int32Array
  readonly entryColumn: Int32Array
  readonly entryValue: Float64Array
}

/** Names of columns and rows, kept apart from the program: only its text forms need them. */
export interface ProgramNames {
  readonly columns: readonly string[]
  readonly rows: readonly string[]
}

export interface ColumnOptions {
  readonly cost?: number
  readonly lower?: number
  readonly upper?: number
  readonly integer?: boolean
}

/** Collects columns and rows, then freezes them into typed arrays. */
export class ProgramBuilder {
  readonly #columnNames: string[] = []
  readonly #cost: number[] = []
  readonly #columnLower: number[] = []
  readonly #columnUpper: number[] = []
  readonly #integer: number[] = []
  readonly #rowNames: string[] = []
  readonly #rowLower: number[] = []
  readonly #rowUpper: number[] = []
  readonly #rowStart: number[] = [0]
  readonly #entryColumn: number[] = []
  readonly #entryValue: number[] = []
  /** Where the last entry of each column was put; of rows before, it may have gone from there. */
  readonly #lastEntry: number[] = []
  /** Constant part of the objective. */
  offset = 0

  get columns(): number {
    return this.#cost.length
  }

  get rows(): number {
    return this.#rowLower.length
  }

  /** Adds a column and returns its index. Defaults: cost 0, 0 ≤ x < ∞, continuous. */
  column(
    name: string,
    { cost = 0, lower = 0, upper = Number.POSITIVE_INFINITY, integer = false }: ColumnOptions
  ): number {
    this.#columnNames.push(name)
    this.#cost.push(cost)
    this.#columnLower.push(lower)
    this.#columnUpper.push(upper)
    this.#integer.push(integer ? 1 : 0)
    this.#lastEntry.push(-1)
    return this.#cost.length - 1
  }

  /**
   * Adds lower ≤ Σ value · column ≤ upper and returns its index. `entries` are pairs (column, value); pairs of one column are
   * summed, zeros dropped.
   */
  row(
    name: string,
    lower: number,
    upper: number,
    entries: readonly (readonly [column: number, value: number])[]
  ): number {
    const begin = this.#entryColumn.length
    for (const [column, value] of entries) this.#addEntry(begin, column, value)
    this.#dropZeros(begin)
    this.#rowNames.push(name)
    this.#rowLower.push(lower)
    this.#rowUpper.push(upper)
    this.#rowStart.push(this.#entryColumn.length)
    return this.#rowLower.length - 1
  }

  /** Adds a pair to the row whose entries begin there. */
  #addEntry(begin: number, column: number, value: number): void {
    const at = this.#lastEntry[column]
    if (at !== undefined && at >= begin && this.#entryColumn[at] === column) {
      this.#entryValue[at] = (this.#entryValue[at] as number) + value
      return
    }
    this.#lastEntry[column] = this.#entryColumn.length
    this.#entryColumn.push(column)
    this.#entryValue.push(value)
  }

  #dropZeros(begin: number): void {
    let end = begin
    for (let at = begin; at < this.#entryValue.length; at++) {
      if (this.#entryValue[at] === 0) continue
      this.#entryColumn[end] = this.#entryColumn[at] as number
      this.#entryValue[end] = this.#entryValue[at] as number
      end++
    }
    this.#entryColumn.length = end
    this.#entryValue.length = end
  }

  names(): ProgramNames {
    return { columns: [...this.#columnNames], rows: [...this.#rowNames] }
  }

  build(name: string): LinearProgram {
    return {
      name,
      columns: this.columns,
      rows: this.rows,
      offset: this.offset,
      cost: Float64Array.from(this.#cost),
      columnLower: Float64Array.from(this.#columnLower),
      columnUpper: Float64Array.from(this.#columnUpper),
      integer: Uint8Array.from(this.#integer),
      rowLower: Float64Array.from(this.#rowLower),
      rowUpper: Float64Array.from(this.#rowUpper),
      rowStart: Int32Array.from(this.#rowStart),
      entryColumn: Int32Array.from(this.#entryColumn),
      entryValue: Float64Array.from(this.#entryValue)
    }
  }
}
