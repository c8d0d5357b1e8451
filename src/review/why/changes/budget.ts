import { detoursOf, startsOf } from '../../../../models/contract/detours.js'
import { commonUnit } from '../../../../models/instance/binding-limit.js'
import { counted, formatNumber } from '../../../result/conflict/words.js'
import type { Proposal } from '../proposal.js'
import type { Scene } from '../scene.js'

/** More migrations, a higher move cost, or more migrations of one deployment, where such a limit is near. */
export function proposeBudget(scene: Scene): Proposal[] {
  return [...moreMigrations(scene), ...moreMoveCost(scene), ...morePerDeployment(scene)]
}

function moreMigrations({ problem, instance, result, residents, suspects }: Scene): Proposal[] {
  const { maxMigrations: limit } = problem.budget
  if (limit === undefined) return []
  const used = result === null ? limit : startsOf(result)
  const short = used + Math.max(1, residents.length) - limit
  const isNamed = suspects.has('budget.maxMigrations')
  if (short <= 0 && !isNamed) return []
  const most = Math.max(1, 2 * instance.copies.length - limit)
  return [
    {
      kind: 'budget',
      weight: 3,
      most,
      guess: Math.min(most, Math.max(1, short)),
      step: (steps) => ({
        edits: [{ path: ['budget', 'maxMigrations'], to: limit + steps }],
        words: `${counted(steps, 'migration')} more (${formatNumber(limit + steps)}, not ${formatNumber(limit)})`,
        amount: steps
      }),
      isRelaxation: true,
      needed: (plan) => startsOf(plan) - limit
    }
  ]
}

function moreMoveCost({ problem, instance, result, residents, suspects }: Scene): Proposal[] {
  const { maxMoveCost: limit } = problem.budget
  if (limit === undefined) return []
  const used = result?.objective?.moveCost ?? limit
  const wanted = residents.reduce((sum, { moveCost }) => sum + moveCost, 0)
  if (used + wanted <= limit && !suspects.has('budget.maxMoveCost')) return []
  const costs = instance.copies.map(({ moveCost }) => moveCost)
  const all = costs.reduce((sum, cost) => sum + cost, 0)
  const common = commonUnit(costs)
  const unit = common || all / 1000 || 1
  const from = Math.floor(limit / unit + 1e-9)
  const most = Math.max(1, Math.ceil((2 * all) / unit) - from)
  const stepsTo = (cost: number) => Math.ceil(cost / unit - 1e-9) - from
  return [
    {
      kind: 'budget',
      weight: 3,
      most,
      guess: Math.min(most, Math.max(1, stepsTo(used + wanted))),
      step: (steps) => {
        const to = (from + steps) * unit
        return {
          edits: [{ path: ['budget', 'maxMoveCost'], to }],
          words: `${formatNumber(to - limit)} more move cost (${formatNumber(to)}, not ${formatNumber(limit)})`,
          amount: to - limit
        }
      },
      isRelaxation: true,
      isRough: common === 0,
      needed: ({ plan, objective }) => (detoursOf(plan) > 0 ? most : stepsTo(objective?.moveCost ?? 0))
    }
  ]
}

function morePerDeployment({ problem, instance, residents, suspects }: Scene): Proposal[] {
  const { maxMigrationsPerDeployment: limit } = problem.budget
  if (limit === undefined) return []
  const isNamed = suspects.has('budget.maxMigrationsPerDeployment')
  if (residents.length === 0 && !isNamed) return []
  const most = Math.max(1, instance.copies.length - limit)
  return [
    {
      kind: 'budget',
      weight: isNamed ? 3 : 1.5,
      most,
      guess: 1,
      step: (steps) => ({
        edits: [{ path: ['budget', 'maxMigrationsPerDeployment'], to: limit + steps }],
        words: `${counted(steps, 'migration')} more of each deployment (${formatNumber(limit + steps)}, not ${formatNumber(limit)})`,
        amount: steps
      }),
      isRelaxation: true
    }
  ]
}
