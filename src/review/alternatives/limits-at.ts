import { formatPath } from '../../../models/contract/describe-input.js'
import { type InstanceNode, within } from '../../../models/instance/instance.js'
import { passesGate } from '../../answers.js'
import { contentLimits, type Limit, type NodeLimitCode, ownerLimits, rounded } from '../../result/node-limits.js'
import type { Trial } from './trial.js'

/** A limit that forbids a replica a node, as the end of the plan is otherwise. */
export interface PlaceLimit extends Pick<TrialLimit, 'code' | 'resource' | 'path' | 'amount'> {
  readonly message: string
}

export type TrialLimit = Limit<
  NodeLimitCode | 'pinned' | 'gang' | 'starting' | 'spread' | 'affinity' | 'at-least' | 'budget' | 'gate'
>

/** Every limit that forbids the replica of a trial a node; none where it may be there. */
export function limitsAt(trial: Trial, node: InstanceNode): TrialLimit[] {
  const { state, deployment, copy } = trial
  const isHome = node.index === trial.home
  const held = isHome ? [] : holdOf(trial)
  if (held.length > 0) return held
  const resident = isHome ? copy : undefined
  return [
    ...ownerLimits(state, deployment.index, node.index, resident),
    ...contentLimits(state, deployment.index, node.index, resident),
    ...finalLimits(trial, node),
    ...moveLimits(trial, node)
  ]
}

/** A limit as it is told. */
export function tell({ code, resource, path, amount, describe }: TrialLimit): PlaceLimit {
  return {
    code,
    ...(resource !== undefined && { resource }),
    ...(path !== undefined && { path }),
    amount,
    message: describe()
  }
}

/** Nodes nearest to being possible first: by how many limits are in the way, then by the one that would be exceeded most for what it is. */
export function compareDistance(left: readonly TrialLimit[], right: readonly TrialLimit[]): number {
  if (left.length !== right.length) return left.length - right.length
  const [near, far] = [worstShare(left), worstShare(right)]
  return near === far ? 0 : near - far
}

/** Bytes and devices are not added up: of each the part of what may be counts. Where there may be nothing, it is infinite. */
function worstShare(limits: readonly TrialLimit[]): number {
  return limits.reduce((worst, { amount, most }) => Math.max(worst, most > 0 ? amount / most : Infinity), 0)
}

/** What keeps it where it is, wherever else it might go. */
function holdOf({ copy }: Trial): TrialLimit[] {
  const held = (code: TrialLimit['code'], describe: () => string) => [{ code, amount: 1, most: 1, describe }]
  switch (copy?.hold) {
    case 'pinned':
      return held('pinned', () => 'it may not be moved')
    case 'gang':
      return held('gang', () => `its gang, ${copy.gang ?? ''}, would have to move with it`)
    case 'starting':
      return held('starting', () => 'it is still starting')
    default:
      return []
  }
}

/** Rules of the end that would be more broken than in the plan. */
function finalLimits({ instance, state, deployment, plannedExcess }: Trial, { index }: InstanceNode): TrialLimit[] {
  const { final } = state.rules
  if (!final.binds(deployment.index)) return []
  final.count(deployment.index, index, 1)
  const found = instance.finalRules.flatMap(({ rule, definition }, order): TrialLimit[] => {
    const amount = final.excessOf(order) - (plannedExcess[order] as number)
    if (amount <= 0) return []
    const most = definition.kind === 'at-least' ? definition.count : 1
    const describe = () => `the rule would be broken, by ${rounded(amount)}`
    return [{ code: definition.kind, path: formatPath(['rules', rule]), amount, most, describe }]
  })
  final.count(deployment.index, index, -1)
  return found
}

/** What the migrations may come to. */
function moveLimits(trial: Trial, { index }: InstanceNode): TrialLimit[] {
  const { instance, deployment } = trial
  const { budget } = instance
  const account = trial.accountAt(index)
  const found: TrialLimit[] = []
  const exceed = (name: string, amount: number, most: number, of = 'in all') => {
    if (within(amount, most)) return
    const describe = () => `${rounded(amount)} ${of}, at most ${rounded(most)} allowed`
    found.push({ code: 'budget', path: formatPath(['budget', name]), amount: amount - most, most, describe })
  }
  exceed('maxMigrations', account.migrations, budget.migrations)
  exceed('maxMoveCost', account.moveCost, budget.moveCost)
  exceed('maxMigrationsPerDeployment', account.mostOfOneDeployment, budget.perDeployment, `of ${deployment.id}`)
  if (found.length === 0 && trial.isGated && !passesGate(instance, trial.worthAt(index)))
    found.push({
      code: 'gate',
      path: 'gate',
      amount: 1,
      most: 1,
      describe: () => 'the moves would not repay as the gate asks'
    })
  return found
}
