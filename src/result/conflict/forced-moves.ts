import { describeValue, formatPath } from '../../../models/contract/describe-input.js'
import type { Deployment } from '../../../models/contract/problem.js'
import { widened } from '../../../models/instance/binding-limit.js'
import type { Instance, InstanceCopy } from '../../../models/instance/instance.js'
import type { Conflict } from './conflict.js'
import { counted, formatNumber, listed } from './words.js'

/** Copies that must leave or be stopped and may not: pins against `mustEmpty` and desired numbers, then budgets and deadlines. */
export function findForbiddenMoves(instance: Instance): Conflict[] {
  return [...findHeldOnEmptied(instance), ...findPinnedSurplus(instance), ...findUnaffordableMoves(instance)]
}

function findHeldOnEmptied(instance: Instance): Conflict[] {
  const replicaIndex = new Map(instance.problem.replicas.map(({ id }, index) => [id, index]))
  return instance.copies.flatMap((copy): Conflict[] => {
    const { deployment, node, state, hold, neverSurplus } = copy
    const { mustEmpty, id: home } = instance.nodes[node] ?? { mustEmpty: false, id: '' }
    const mayStop = !neverSurplus && (instance.deployments[deployment]?.surplus ?? 0) > 0
    if (!mustEmpty || state === 'draining' || hold === 'none' || mayStop) return []
    const replica = ['replicas', replicaIndex.get(copy.id) as number]
    const isOwnWord = instance.problem.replicas[replicaIndex.get(copy.id) as number]?.movable === false
    const reason = {
      pinned: [...(isOwnWord ? replica : ['deployments', deployment]), 'movable'],
      gang: [...replica, 'gang'],
      starting: [...replica, 'state']
    }[hold]
    const isProof = hold === 'pinned'
    const why = {
      pinned: 'is pinned to it',
      gang: 'is one of a gang, which is not moved yet',
      starting: 'is still starting'
    }[hold]
    return [
      { path: formatPath(['nodes', node, 'mustEmpty']), message: `${describeValue(home)} must host nothing`, isProof },
      {
        path: formatPath(reason),
        message: `replica ${describeValue(copy.id)} on ${describeValue(home)} ${why}`,
        isProof
      }
    ]
  })
}

function findPinnedSurplus({ deployments, copies }: Instance): Conflict[] {
  return deployments.flatMap(({ index, desired, isHeadroom }): Conflict[] => {
    if (isHeadroom) return []
    const pinned = copies.filter((copy) => copy.deployment === index && copy.state !== 'draining' && copy.neverSurplus)
    if (pinned.length <= desired) return []
    const message = `${counted(desired, 'replica')} wanted, ${pinned.length} are pinned and may not be stopped: ${listed(pinned.map(({ id }) => id))}`
    return [{ path: formatPath(['deployments', index, 'replicas']), message, isProof: true }]
  })
}

/** The moves that emptying nodes takes at least, held against the budgets, the deadline and the surge. */
function findUnaffordableMoves(instance: Instance): Conflict[] {
  const { problem, budget, deployments } = instance
  const leaving = deployments.map(() => [] as InstanceCopy[])
  for (const copy of instance.copies) {
    if (copy.state !== 'draining' && instance.nodes[copy.node]?.mustEmpty === true) leaving[copy.deployment]?.push(copy)
  }
  const forced = leaving.map((copies, deployment) =>
    [...copies]
      .sort((left, right) => left.moveCost - right.moveCost)
      .slice(0, Math.max(0, copies.length - (deployments[deployment]?.surplus ?? 0)))
  )
  const moves = forced.flat()
  const moveCost = moves.reduce((sum, copy) => sum + copy.moveCost, 0)
  const found: Conflict[] = []
  const report = (path: readonly PropertyKey[], message: string) =>
    found.push({ path: formatPath(path), message, isProof: true })
  const what = 'to empty the nodes that must host nothing'
  if (moves.length > budget.migrations)
    report(['budget', 'maxMigrations'], `${budget.migrations} allowed, at least ${moves.length} needed ${what}`)
  if (moveCost > widened(budget.moveCost))
    report(
      ['budget', 'maxMoveCost'],
      `${formatNumber(budget.moveCost)} allowed, at least ${formatNumber(moveCost)} needed ${what}`
    )
  const deadline = problem.migration.deadlineSeconds
  for (const [index, copies] of forced.entries()) {
    if (copies.length === 0) continue
    const { id, startupSeconds, drainSeconds, maxSurge } = problem.deployments[index] as Deployment
    const name = describeValue(id)
    if (copies.length > budget.perDeployment)
      report(
        ['budget', 'maxMigrationsPerDeployment'],
        `${budget.perDeployment} allowed, at least ${copies.length} of ${name} needed ${what}`
      )
    if (deadline !== null && startupSeconds + drainSeconds > deadline)
      report(
        ['migration', 'deadlineSeconds'],
        `${deadline} s allowed, moving one of ${name} takes ${startupSeconds + drainSeconds} s: needed ${what}`
      )
    const isFull = (deployments[index]?.placed ?? 0) >= (deployments[index]?.desired ?? 0)
    if (maxSurge === 0 && isFull && !problem.migration.rungs.includes('stop-first'))
      report(
        ['deployments', index, 'maxSurge'],
        `0 allows no copy of ${name} to start before another stops: needed ${what}`
      )
  }
  return found
}
