/** How time grows with size, in sentences. */
import { isRival } from '../measures/comparison.mjs'
import { OURS } from '../ours.mjs'
import { count, listNames, listParts, quoted, share } from './words.mjs'

/** @import { Fit } from '../measures/fit-exponent.mjs' */
/** @import { Growth } from '../measures/growth.mjs' */

/** `1.23 ± 0.05`, with its standard error. @type {(fit: Fit) => string} */
export const exponent = ({ exponent, standardError }) =>
  `${exponent.toFixed(2)}${standardError === null ? '' : ` ± ${standardError.toFixed(2)}`}`

/** `dense: cbc: nodes to the power of 1.28 ± 0.02, from 8 points`. @type {(growth: Growth) => string} */
export function exponentWords({ group, contestant: { name }, points, leftOut, fit }) {
  const without = leftOutWords(leftOut)
  const words = without === '' ? '' : `; not in it: ${without}`
  return fit === null
    ? `${group}, ${quoted(name)}: no exponent, proven on ${count(points.length, 'instance')}${words}`
    : `${group}, ${quoted(name)}: nodes to the power of ${exponent(fit)}, from ${count(fit.points, 'point')}${words}`
}

/** Why points are missing; empty where none are. @type {(leftOut: Growth['leftOut']) => string} */
export function leftOutWords(leftOut) {
  const reasons = [
    { reason: 'limit', words: 'at the limit' },
    { reason: 'wrong', words: 'wrong' },
    { reason: 'refused', words: 'refused or not asked' }
  ].map(({ reason, words }) => ({ words, number: leftOut.filter((one) => one.reason === reason).length }))
  return reasons
    .filter(({ number }) => number > 0)
    .map(({ words, number }) => `${number} ${words}`)
    .join(', ')
}

/** @type {(growth: readonly Growth[], gap: number) => string[]} */
export function growthSentences(growth, gap) {
  const groups = [...new Set(growth.map(({ group }) => group))]
  return [
    `Time to a proven gap of ${share(gap)}.`,
    ...groups.flatMap((group) => groupSentences(growth.filter((one) => one.group === group))),
    ...(growth.some(({ leftOut }) => leftOut.some(({ reason }) => reason === 'limit'))
      ? ['Runs that the limit ended are in no fit: what exponents would be with them is unknown.']
      : [])
  ]
}

/** Of clusters that are alike. @type {(growth: readonly Growth[]) => string[]} */
function groupSentences(growth) {
  const own = growth.find(({ contestant }) => contestant.name === OURS)
  const rivals = growth.filter(isRival)
  const fit = own?.fit ?? null
  const slower = growth.filter((one) => fit !== null && one.fit !== null && one.fit.exponent < fit.exponent)
  const others = rivals.map((rival) => `${quoted(rival.contestant.name)} ${reachWords(rival)}`)
  return [
    `On ${growth[0]?.group} clusters ${OURS} ${own === undefined ? 'did not run' : `proves it ${reachWords(own)}`}${others.length === 0 ? '' : `; ${listParts(others, 6)}`}.`,
    ...(slower.length === 0
      ? []
      : [
          `Over the sizes that each proves, the time of ${listNames(slower.map(({ contestant }) => contestant.name))} grows more slowly there.`
        ])
  ]
}

/** @type {(growth: Growth) => string} */
function reachWords({ points }) {
  const largest = Math.max(0, ...points.map(({ nodes }) => nodes))
  return largest === 0 ? 'on no size' : `on up to ${count(largest, 'node')}`
}
