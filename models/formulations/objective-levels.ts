import type { Instance } from '../instance/instance.js'
import type { LinearProgram, ProgramBuilder, ProgramNames } from '../linear-program/program.js'

/** How many wanted copies of the deployments of one priority get no place. */
export type UnplacedLevel = `unplaced ${number}`

/** Which of the objectives, in their order, a program minimises; those before it are held by `atMost`. */
export type ObjectiveLevel = 'broken-rules' | UnplacedLevel | 'total' | 'moves'

export interface LevelLimit {
  readonly level: ObjectiveLevel
  readonly atMost: number
}

/**
 * The levels of copies without a place, the highest priority first; none unless the Problem is best-effort. One level for each
 * priority: weights that make one replica outweigh all below it would soon be too large for any solver.
 */
export function unplacedLevels({ problem, deployments }: Instance): UnplacedLevel[] {
  if (problem.pending !== 'best-effort') return []
  const waiting = deployments.filter(({ isHeadroom, desired, placed }) => !isHeadroom && desired > placed)
  const priorities = [...new Set(waiting.map(({ priority }) => priority))]
  return priorities.sort((left, right) => right - left).map(unplacedLevel)
}

export function unplacedLevel(priority: number): UnplacedLevel {
  return `unplaced ${priority}`
}

/** The objectives of one program: per level a weight for each column, and a constant. */
export class Objectives {
  readonly #weights = new Map<ObjectiveLevel, Map<number, number>>()
  readonly #constants = new Map<ObjectiveLevel, number>()

  add(level: ObjectiveLevel, column: number, weight: number): void {
    const weights = this.#weights.get(level) ?? new Map<number, number>()
    this.#weights.set(level, weights)
    weights.set(column, (weights.get(column) ?? 0) + weight)
  }

  addConstant(level: ObjectiveLevel, amount: number): void {
    this.#constants.set(level, this.constantOf(level) + amount)
  }

  constantOf(level: ObjectiveLevel): number {
    return this.#constants.get(level) ?? 0
  }

  /** Pairs (column, weight); empty when the level is constant. */
  weightsOf(level: ObjectiveLevel): [column: number, weight: number][] {
    return [...(this.#weights.get(level) ?? [])]
  }

  /** The program that minimises a level, with the levels of `atMost` held. */
  assemble(
    builder: ProgramBuilder,
    name: string,
    level: ObjectiveLevel,
    atMost: readonly LevelLimit[]
  ): { program: LinearProgram; names: ProgramNames } {
    const program = builder.build(`${name} ${level}`)
    const cost = new Float64Array(program.columns)
    for (const [column, weight] of this.weightsOf(level)) cost[column] = weight
    const limits = atMost.map(({ level: limited, atMost: most }) => ({
      name: `at most ${limited}`,
      entries: this.weightsOf(limited),
      upper: most - this.constantOf(limited)
    }))
    const entries = limits.flatMap((limit) => limit.entries)
    let end = program.entryColumn.length
    const starts = limits.map((limit) => {
      end += limit.entries.length
      return end
    })
    const names = builder.names()
    return {
      names: { columns: names.columns, rows: [...names.rows, ...limits.map((limit) => limit.name)] },
      program: {
        ...program,
        cost,
        offset: this.constantOf(level),
        rows: program.rows + limits.length,
        rowLower: joined(
          program.rowLower,
          limits.map(() => -Infinity)
        ),
        rowUpper: joined(
          program.rowUpper,
          limits.map(({ upper }) => upper)
        ),
        rowStart: joined(program.rowStart, starts),
        entryColumn: joined(
          program.entryColumn,
          entries.map(([column]) => column)
        ),
        entryValue: joined(
          program.entryValue,
          entries.map(([, value]) => value)
        )
      }
    }
  }
}

/** The numbers of both, one after the other. */
function joined<Numbers extends Float64Array | Int32Array>(first: Numbers, second: readonly number[]): Numbers {
  if (second.length === 0) return first
  const both = new (first.constructor as new (length: number) => Numbers)(first.length + second.length)
  both.set(first)
  both.set(second, first.length)
  return both
}
