/** A sum of floating-point numbers with a bound on what rounding may have added to it. */
export class SafeSum {
  #sum = 0
  #magnitude = 0
  #terms = 0

  /** Adds a product; its rounding, and that of what went into it, is allowed for with the sum's. */
  add(left: number, right = 1): void {
    const term = left * right
    this.#sum += term
    this.#magnitude += Math.abs(term)
    this.#terms++
  }

  /** The sum of the absolute terms. */
  get magnitude(): number {
    return this.#magnitude
  }

  /** At most the true sum: n additions err by no more than n·ε·Σ|terms|. */
  get least(): number {
    return this.#sum - 2 * (this.#terms + 8) * Number.EPSILON * this.#magnitude
  }
}
