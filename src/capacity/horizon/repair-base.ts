import { type LinearProgram, ProgramBuilder } from '../../../models/linear-program/program.js'
import { listMaximalContents } from '../../solvers/fleet/maximal-contents.js'
import type { PeriodBatch } from '../../solvers/fleet/period-batch.js'
import { keyOf, linkOf, type Pattern } from '../../solvers/patterns/pattern.js'
import type { SolverPool } from '../../workers/pool.js'
import { linksOf } from '../fleet/copy-classes.js'
import type { Fleet } from '../fleet/fleet.js'
import { baseLimits } from './base-program.js'

/** impossible: proven that no base serves these periods. unknown: none was found. */
export type RepairedBase = Float64Array | 'impossible' | 'unknown'

const TIME_LIMIT = 10_000
/** Patterns in all periods together beyond which a program would take too long. */
const MOST_PATTERNS = 20_000

/**
 * The base nearest to the one of `batch`, in money, with which some periods can all be served in whole nodes. Where all maximal contents
 * can be listed, a program without a solution is a proof: contents that are not maximal are of no use for that.
 */
export async function repairBase(
  fleet: Fleet,
  batch: PeriodBatch,
  periods: readonly number[],
  { pool, signal }: { readonly pool: SolverPool; readonly signal: AbortSignal }
): Promise<RepairedBase> {
  const lists = listMaximalContents(batch.problem)
  const maximal = (lists ?? []).flatMap((list, kind) =>
    list.map((counts): Pattern => ({ kind, group: -1, counts, stays: new Int32Array(0) }))
  )
  const isComplete = lists !== null && maximal.length * periods.length <= MOST_PATTERNS
  const all = new Map([...batch.patterns, ...(isComplete ? maximal : [])].map((pattern) => [keyOf(pattern), pattern]))
  const program = formulateRepair(fleet, { ...batch, patterns: [...all.values()] }, periods)
  const outcome = await pool.run(
    { solver: 'highs', program, options: { timeLimitMs: TIME_LIMIT, relativeGap: 0.05 } },
    { signal }
  )
  signal.throwIfAborted()
  if (outcome.termination === 'infeasible' && isComplete) return 'impossible'
  const { solution } = outcome
  return solution === null ? 'unknown' : solution.slice(0, fleet.kinds.length).map(Math.round)
}

/** Columns: the base by kind, then how much more and less than now, then nodes beyond the base and of it of every pattern and period. */
function formulateRepair(fleet: Fleet, batch: PeriodBatch, periods: readonly number[]): LinearProgram {
  const { kinds } = fleet
  const builder = new ProgramBuilder()
  for (const { type, base } of kinds) {
    builder.column(`base ${type}`, { lower: base?.least ?? 0, upper: base?.most ?? 0, integer: true })
  }
  for (const [kind, { type, costPerHour }] of kinds.entries()) {
    const cost = costPerHour + 1e-3
    const more = builder.column(`more ${type}`, { cost })
    const fewer = builder.column(`fewer ${type}`, { cost })
    const now = batch.base[kind] as number
    builder.row(`change ${type}`, now, now, [
      [kind, 1],
      [more, -1],
      [fewer, 1]
    ])
  }
  for (const [index, { least, weight }] of baseLimits(batch.problem).entries()) {
    builder.row(
      `limit ${index}`,
      least,
      Infinity,
      [...weight].flatMap((each, kind): [number, number][] => (each === 0 ? [] : [[kind, each]]))
    )
  }
  for (const period of periods) addPeriod(builder, fleet, batch, period)
  return builder.build('repair')
}

type Entries = [column: number, value: number][]

function addPeriod(builder: ProgramBuilder, { kinds, classes }: Fleet, batch: PeriodBatch, period: number): void {
  const { problem, patterns, mayBase } = batch
  const { deployments, linkLeast, linkNode } = problem
  const count = kinds.length
  const beyond: Entries[] = kinds.map(() => [])
  const ofBase: Entries[] = kinds.map((_, kind) => [[kind, -1]])
  const copies: Entries[] = classes.map(() => [])
  // The nodes of the base count whether or not they are used.
  const links = Array.from(
    linkLeast,
    (_, row): Entries =>
      kinds.flatMap((_, kind): Entries => {
        const each = linkNode[row * count + kind] as number
        return each === 0 ? [] : [[kind, each]]
      })
  )
  for (const pattern of patterns) {
    for (const isOfBase of mayBase[pattern.kind] === 1 ? [false, true] : [false]) {
      const column = builder.column('nodes', { integer: true })
      ;((isOfBase ? ofBase : beyond)[pattern.kind] as Entries).push([column, 1])
      for (const [index, { deployment, kinds: alike }] of classes.entries()) {
        const each = pattern.counts[deployment] as number
        if (each > 0 && alike.includes(pattern.kind)) (copies[index] as Entries).push([column, each])
      }
      for (const [row, entries] of links.entries()) {
        const node = linkNode[row * count + pattern.kind] as number
        if (node !== 0 && !isOfBase) entries.push([column, node])
        const contents = batch.classes.length > 0 ? 0 : linkOf(problem, row, pattern) - node
        if (contents !== 0) entries.push([column, contents])
      }
    }
  }
  const wanted = Array.from({ length: deployments }, (): Entries => [])
  for (const [index, { deployment, kinds: alike }] of classes.entries()) {
    if (batch.classes.length === 0) {
      ;(wanted[deployment] as Entries).push(...(copies[index] as Entries))
      continue
    }
    const placed = builder.column('placed', { integer: true })
    builder.row('room', 0, Infinity, [...(copies[index] as Entries), [placed, -1]])
    ;(wanted[deployment] as Entries).push([placed, 1])
    for (const [row, each] of linksOf(problem, alike[0] as number, deployment).entries()) {
      if (each !== 0) (links[row] as Entries).push([placed, each])
    }
  }
  for (const [deployment, entries] of wanted.entries()) {
    const amount = batch.wanted[period * deployments + deployment] as number
    builder.row('wanted', amount, batch.classes.length > 0 ? amount : Infinity, entries)
  }
  for (const [row, entries] of links.entries()) {
    builder.row('link', batch.least[period * linkLeast.length + row] as number, Infinity, entries)
  }
  for (const [kind, entries] of beyond.entries()) {
    builder.row('beyond', -Infinity, problem.available[kind] as number, entries)
  }
  for (const entries of ofBase) builder.row('of the base', -Infinity, 0, entries)
}
