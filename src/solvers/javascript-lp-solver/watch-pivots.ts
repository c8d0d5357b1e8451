import type { TableauModel } from './runtime.js'

export type PivotStop = 'time-limit' | 'interrupted'

interface PivotWatch {
  /** Asked before every pivot: why the solver should stop now, or null. */
  readonly stopReason: () => PivotStop | null
  /** Gets the values of the variables, by their ids, in every better whole point, as it is found. */
  readonly onSolution: (values: Readonly<Record<string, number>>) => void
}

/** Thrown through the solver, and caught again here. */
class Stopped extends Error {
  constructor(readonly reason: PivotStop) {
    super(reason)
  }
}

/**
 * Solves a model, looking at it before every pivot, and returns why it was stopped, or null when it came to its end. Left
 * alone the solver looks at the clock between linear programs only, and some of those never end; and out of time it
 * returns the last one as if it were a solution.
 */
export function watchPivots(model: TableauModel, { stopReason, onSolution }: PivotWatch): PivotStop | null {
  const { tableau } = model
  const pivot = tableau.pivot.bind(tableau)
  let told = 0
  const tell = () => {
    const solutions = model.solutions ?? []
    for (; told < solutions.length; told++) onSolution(solutions[told] as Readonly<Record<string, number>>)
  }
  tableau.pivot = (row, column) => {
    tell()
    const reason = stopReason()
    if (reason !== null) throw new Stopped(reason)
    pivot(row, column)
  }
  try {
    model.solve()
    tell()
    return null
  } catch (error) {
    if (error instanceof Stopped) return error.reason
    throw error
  }
}
