import type { Problem } from '../../../models/contract/problem.js'
import { compileInstance } from '../../../models/instance/compile.js'
import type { Instance } from '../../../models/instance/instance.js'
import { Room } from '../../result/conflict/room.js'
import { PackingState } from '../../search/packing-state.js'
import type { FitOptions } from '../fit/decide-fit.js'
import { wantedCounts } from '../question/scenario.js'
import { Bracket } from './bracket.js'
import { fillAround, fillPackings } from './fill-packings.js'
import { limitGrowth } from './growth-limit.js'
import { type GrowthLine, lineOfAll, lineOfOne } from './growth-line.js'
import { roomEverywhere } from './local-room.js'
import { isMonotone } from './monotone.js'

export interface GrowthOptions extends FitOptions {
  /** Nothing that runs moves: then what single nodes have left is exact for one deployment. */
  readonly isFrozen: boolean
  /** Deployments that are looked at alone, by index. */
  readonly deployments: readonly number[]
  readonly onPart: (doing: string) => void
}

/** What is known of the growth of single deployments, in the order asked for, and of all together. */
export interface MeasuredGrowth {
  readonly all: Bracket
  readonly alone: readonly Bracket[]
}

/** More copies than that are not looked for: a deployment without demand has no limit. */
const MOST_ADDED = 100_000
/** Nor larger factors on everything. */
const MOST_FACTOR = 100
/** Parts of what is left: greedy packings to be filled, programs that limit growth, packings around one deployment, all together. */
const FILL_SHARE = 0.25
const LIMIT_SHARE = 0.3
const AROUND_SHARE = 0.4
const ALL_SHARE = 0.4
/** Part of what a line may take that goes into one decision. */
const DECISION_SHARE = 0.25

/**
 * How much growth of single deployments, and of all together, a Problem of `roomProblem` has room for. First what counting excludes, then what
 * greedy packings still take, filled up; then what the program over kinds of nodes excludes; and what is open after that is decided
 * level by level with the engine.
 */
export async function measureGrowth(room: Problem, options: GrowthOptions): Promise<MeasuredGrowth> {
  const { budget, deployments, isFrozen, onPart } = options
  const base = wantedCounts(room)
  const instance = compileInstance(room)
  const most = limitByCounting(instance, options)
  const alone = deployments.map((deployment) => {
    const limit = most[deployment] as number
    const bracket = new Bracket(
      lineOfOne(base, deployment, Math.min(limit + 1, MOST_ADDED)),
      room,
      isMonotone(room, [deployment])
    )
    bracket.exclude(limit + 1, 'counting', `the nodes have room for ${limit} more at most, each looked at alone`)
    return bracket
  })
  const factor = mostFactor(base, most)
  const all = new Bracket(lineOfAll(base, factor.line), room, isMonotone(room, [...base.keys()]))
  excludeBeyond(all, factor.proven, 'counting', 'a deployment has no room for as many copies even alone')

  onPart('filling greedy packings')
  await fillPackings(instance, all, alone, { ...options, budget: budget.share(FILL_SHARE) })
  const brackets = [all, ...alone]
  const forLimits = budget.share(LIMIT_SHARE)
  for (const [order, bracket] of brackets.entries()) {
    if (bracket.isClosed || forLimits.isSpent()) continue
    onPart(`limits ${order + 1} of ${brackets.length}`)
    const open = brackets.slice(order).filter(({ isClosed }) => !isClosed).length
    const limits = { ...options, budget: forLimits.share(1 / open) }
    await limitByType(bracket, base, order === 0 ? null : (deployments[order - 1] as number), limits)
  }
  const around = isFrozen ? [] : [...alone.entries()].filter(([, { isClosed }]) => !isClosed)
  const forAround = budget.share(AROUND_SHARE)
  for (const [order, [index, bracket]] of around.entries()) {
    onPart(`packing around single deployments, ${order + 1} of ${around.length}`)
    const own = { ...options, budget: forAround.share(1 / (around.length - order)) }
    if (!forAround.isSpent()) await fillAround(bracket, deployments[index] as number, own)
  }
  onPart('growth of all together')
  await all.narrow(budget.share(alone.some(({ isClosed }) => !isClosed) ? ALL_SHARE : 1), options, DECISION_SHARE)
  // What is nearly closed first: it is done soonest.
  const open = alone.filter(({ isClosed }) => !isClosed)
  open.sort((left, right) => left.impossible - left.fits - (right.impossible - right.fits))
  for (const [order, bracket] of open.entries()) {
    onPart(`growth of single deployments, ${order + 1} of ${open.length} that are open`)
    await bracket.narrow(budget.share(1 / (open.length - order)), options, DECISION_SHARE)
  }
  return { all, alone }
}

/** Copies of each deployment that have room beyond those wanted now, at most. */
function limitByCounting(instance: Instance, { isFrozen }: GrowthOptions): number[] {
  const { deployments, realDeployments, nodes } = instance
  const real = deployments.slice(0, realDeployments)
  const capped = (most: number) => Math.max(0, Math.min(MOST_ADDED, most))
  // A surplus copy that is stopped leaves room that is not there now.
  if (isFrozen && real.every(({ surplus }) => surplus === 0)) {
    const state = new PackingState(instance)
    return real.map(({ index, desired, placed }) => {
      const rooms = roomEverywhere(state, index).reduce((sum, copies) => sum + copies, 0)
      return capped(rooms - Math.max(0, desired - placed))
    })
  }
  const room = new Room(instance)
  const everywhere = [...nodes.keys()]
  return real.map(({ index, desired }) => capped(room.mostOf([index], everywhere) - desired))
}

/** Up to which factor a line of all has to be written down, and beyond which one it is impossible, as single deployments are. */
function mostFactor(base: readonly number[], most: readonly number[]): { line: number; proven: number } {
  let proven = Infinity
  for (const [deployment, count] of base.entries()) {
    const limit = most[deployment] as number
    if (count > 0 && limit < MOST_ADDED) proven = Math.min(proven, (count + limit) / count)
  }
  // One step further, so that the first level that is impossible is on the line.
  const largest = Math.max(1, ...base)
  return { line: Math.min(MOST_FACTOR, proven + 1 / largest + 1e-9), proven }
}

/** Excludes the levels of a line of all beyond a factor. */
function excludeBeyond(bracket: Bracket, factor: number, by: 'counting' | 'engine', why: string): void {
  const { line } = bracket
  const level = firstBeyond(line, factor)
  if (level <= line.top) bracket.exclude(level, by, why)
}

/** The first level of a line with a factor above a given one: they rise. */
function firstBeyond({ top, factorAt }: GrowthLine, factor: number): number {
  let [from, to] = [0, top + 1]
  while (from < to) {
    const middle = (from + to) >> 1
    if ((factorAt(middle) ?? 0) > factor * (1 + 1e-9)) to = middle
    else from = middle + 1
  }
  return from
}

/** Excludes what the program over kinds of nodes has no room for. */
async function limitByType(
  bracket: Bracket,
  base: readonly number[],
  deployment: number | null,
  options: GrowthOptions
): Promise<void> {
  const { line, room, impossible } = bracket
  const last = Math.min(line.top, impossible)
  const most = deployment === null ? (line.factorAt(last) ?? 1) : last
  // What is known to fit refutes nothing more.
  const isWorthMore = (proven: number) =>
    deployment === null ? firstBeyond(line, proven) > bracket.fits + 1 : Math.floor(proven + 1e-6) > bracket.fits
  const limit = await limitGrowth(room, base, deployment, most, isWorthMore, options)
  const why = 'the nodes of each kind have no room for as much, taken together'
  if (deployment === null) excludeBeyond(bracket, limit, 'engine', why)
  else if (limit < last) bracket.exclude(limit + 1, 'engine', why)
}
