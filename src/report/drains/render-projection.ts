import { countBy } from '../../../models/grouping.js'
import type { DrainProjection, StepRemark, UndrainedNode } from '../../adapters/ray/drains/projection.js'
import { printable } from '../text/layout.js'
import { formatCount, formatMoney } from '../text/numbers.js'
import { nameSome } from '../text/reasons.js'
import { REMARKS, UNDRAINED } from './drain-words.js'

/** A projection for people: the drains in their order with what Serve will do, and what of the plan they do not express. Lines of text. */
export function renderProjection(projection: DrainProjection): string {
  const { drains, idle, undrained, steps, costPerHour } = projection
  const saved = costPerHour.now - costPerHour.drained
  const planned = costPerHour.now - costPerHour.planned
  const lines = [
    `${formatCount(drains.length, 'drain')} ${drains.length === 1 ? 'saves' : 'save'} ${formatMoney(saved)} of the ${formatMoney(planned)} an hour that the plan saves by moves.`,
    ...(idle.length === 0
      ? []
      : [
          `${formatCount(idle.length, 'idle node')} to give back, which ${idle.length === 1 ? 'saves' : 'save'} ${formatMoney(costPerHour.idle)} an hour beside it.`
        ]),
    describeEnd(projection),
    ...drains.flatMap(({ node, reason, moves }, index) => [
      '',
      `${index + 1}. Drain ${printable(node)}${reason === 'must-empty' ? ', which must be empty' : ''}. Serve will start:`,
      ...moves.map(
        ({ replica, to, isPlanned }) =>
          `   ${printable(replica)} on ${printable(to)}${isPlanned ? '' : ', not as planned'}`
      )
    ]),
    ...(idle.length === 0 ? [] : ['', `Idle, to be given back: ${nameSome(idle)}.`]),
    ...(undrained.length === 0 ? [] : ['', 'Not drained:', ...undrained.map(describeUndrained)])
  ]
  const remarks = countBy(
    steps.flatMap(({ remark }) => remark ?? []),
    (remark: StepRemark) => remark
  )
  if (remarks.size > 0)
    lines.push(
      '',
      'Steps of the plan that drains do not express:',
      ...[...remarks].map(([remark, count]) => `   ${formatCount(count, 'step')}: ${REMARKS[remark]}`)
    )
  return `${lines.join('\n')}\n`
}

function describeEnd({ isSamePlacement, isSameRelease }: DrainProjection): string {
  if (isSamePlacement) return 'Every replica ends where the plan puts it.'
  return isSameRelease
    ? 'The same nodes are given back as by the plan, with replicas elsewhere.'
    : 'Fewer nodes are given back than by the plan.'
}

function describeUndrained({ node, code, replicas, target }: UndrainedNode): string {
  const who = replicas.length === 0 ? '' : `: ${nameSome(replicas)}`
  return `   ${printable(node)} ${UNDRAINED[code]}${who}${target === undefined ? '' : `, on ${printable(target)}`}`
}
