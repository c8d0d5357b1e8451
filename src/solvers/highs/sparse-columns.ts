import type { SparseMatrix } from 'highs'

/** Collects the columns of a matrix one after the other, as HiGHS takes them. Zeros are left out. */
export class SparseColumns {
  readonly #starts = [0]
  readonly #indices: number[] = []
  readonly #values: number[] = []

  /** An entry of the column that is being collected. */
  enter(row: number, value: number): void {
    if (value === 0) return
    this.#indices.push(row)
    this.#values.push(value)
  }

  /** Ends the column; what comes is of the next one. */
  end(): void {
    this.#starts.push(this.#indices.length)
  }

  matrix(rows: number): SparseMatrix {
    return {
      format: 'csc',
      numRows: rows,
      numCols: this.#starts.length - 1,
      starts: Int32Array.from(this.#starts),
      indices: Int32Array.from(this.#indices),
      values: Float64Array.from(this.#values)
    }
  }
}
