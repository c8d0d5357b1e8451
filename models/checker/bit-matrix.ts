/** A matrix of bits, 32 to a word, row by row. */
export class BitMatrix {
  readonly words: Uint32Array
  readonly wordsPerRow: number

  constructor(
    readonly rows: number,
    readonly columns: number
  ) {
    this.wordsPerRow = Math.ceil(columns / 32)
    this.words = new Uint32Array(rows * this.wordsPerRow)
  }

  set(row: number, column: number): void {
    const index = row * this.wordsPerRow + (column >>> 5)
    this.words[index] = (this.words[index] as number) | (1 << (column & 31))
  }

  has(row: number, column: number): boolean {
    return (((this.words[row * this.wordsPerRow + (column >>> 5)] as number) >>> (column & 31)) & 1) === 1
  }

  /** Adds the bits of one word to a row: bit k of `bits` is column 32 × word + k. */
  merge(row: number, word: number, bits: number): void {
    const index = row * this.wordsPerRow + word
    this.words[index] = (this.words[index] as number) | bits
  }
}
