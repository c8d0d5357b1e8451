import { describeValue } from '../../../../models/contract/describe-input.js'
import { type Rung, rung } from '../../../../models/contract/migration-options.js'
import type { GivenUpMove, Result } from '../../../../models/contract/result.js'
import { counted, formatNumber } from '../../../result/conflict/words.js'
import { onlyStep, type Proposal } from '../proposal.js'
import { mostCopies, type Scene } from '../scene.js'

/** Deployments of which surge and availability are proposed. */
const MOST_DEPLOYMENTS = 3

/** Where moves found no safe way: one more copy too many or missing for a while, a rung of the ladder, a later end. */
export function proposeMigration(scene: Scene): Proposal[] {
  const { problem, result, emptied } = scene
  const givenUp = [...givenUpOf(emptied), ...givenUpOf(result)]
  if (givenUp.length === 0) return []
  const { deadlineSeconds } = problem.migration
  const isLate = deadlineSeconds !== null && givenUp.some(({ reason }) => reason === 'deadline')
  return [
    ...(isLate
      ? [
          {
            kind: 'deadline' as const,
            weight: 3,
            ...onlyStep({
              edits: [{ path: ['migration', 'deadlineSeconds'], to: null }],
              words: `the migration may take longer than ${formatNumber(deadlineSeconds)} s`
            })
          }
        ]
      : []),
    ...moreCopies(scene, givenUp),
    ...moreRungs(scene, givenUp)
  ]
}

function givenUpOf(result: Result | null): readonly GivenUpMove[] {
  return result?.explanation.givenUp?.moves ?? []
}

/** The deployments of moves that were given up, with their indices. */
function concernedBy({ replicas, deployments }: Scene['problem'], givenUp: readonly GivenUpMove[]) {
  const blocked = new Set(givenUp.map(({ replica }) => replica))
  const concerned = new Set(replicas.filter(({ id }) => blocked.has(id)).map(({ deployment }) => deployment))
  return deployments
    .map((deployment, index) => ({ deployment, index }))
    .filter(({ deployment }) => concerned.has(deployment.id))
}

function moreCopies({ problem, instance }: Scene, givenUp: readonly GivenUpMove[]): Proposal[] {
  const { rungs } = problem.migration
  return concernedBy(problem, givenUp)
    .slice(0, MOST_DEPLOYMENTS)
    .flatMap(({ deployment: { id, maxSurge, maxUnavailable }, index }): Proposal[] => [
      ...(maxSurge === undefined
        ? []
        : [
            {
              kind: 'surge' as const,
              weight: 3,
              most: mostCopies(instance),
              guess: 1,
              isRelaxation: true,
              step: (steps: number) => ({
                edits: [{ path: ['deployments', index, 'maxSurge'], to: maxSurge + steps }],
                words: `${counted(maxSurge + steps, 'copy', 'copies')} of ${describeValue(id)} too many for a while, not ${formatNumber(maxSurge)}`,
                amount: steps
              })
            }
          ]),
      {
        kind: 'unavailable',
        weight: 2,
        most: mostCopies(instance),
        guess: 1,
        isRelaxation: true,
        step: (steps) => ({
          edits: [
            { path: ['deployments', index, 'maxUnavailable'], to: maxUnavailable + steps },
            ...(rungs.includes('stop-first')
              ? []
              : [{ path: ['migration', 'rungs'], to: withRung(rungs, ['stop-first']) }])
          ],
          words: `${counted(maxUnavailable + steps, 'copy', 'copies')} of ${describeValue(id)} missing for a while, not ${formatNumber(maxUnavailable)}, stopped first`,
          amount: steps
        })
      }
    ])
}

function moreRungs({ problem }: Scene, givenUp: readonly GivenUpMove[]): Proposal[] {
  const { rungs } = problem.migration
  const mayMiss = concernedBy(problem, givenUp).some(({ deployment }) => deployment.maxUnavailable > 0)
  const missing: Rung[][] = [
    ...(rungs.includes('hop') ? [] : [['hop' as const]]),
    ...(rungs.includes('rent') || problem.nodeTypes.every(({ maxNew }) => maxNew === 0)
      ? []
      : [rungs.includes('hop') ? ['rent' as const] : ['hop' as const, 'rent' as const]]),
    ...(mayMiss && !rungs.includes('stop-first') ? [['stop-first' as const]] : []),
    ...(rungs.includes('cut') ? [] : [['cut' as const]])
  ]
  return missing.map((added) => ({
    kind: 'ladder',
    weight: 2.5,
    ...onlyStep({
      edits: [{ path: ['migration', 'rungs'], to: withRung(rungs, added) }],
      words: `the migration may also use ${added.join(' and ')}`
    })
  }))
}

/** Rungs in the order in which the contract lists them. */
function withRung(rungs: readonly Rung[], added: readonly Rung[]): Rung[] {
  return rung.options.filter((one) => rungs.includes(one) || added.includes(one))
}
