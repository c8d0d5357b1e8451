/** On what, when and how long was measured. */

import { markup } from '../../dist/src/report/markup.js'
import { gapToProve } from '../measures/growth.mjs'
import { prose } from './prose.mjs'
import { amount, count, duration, listNames, share } from './words.mjs'

/** @import { Markup } from '../../dist/src/report/markup.js' */
/** @import { Scene } from './scene.mjs' */

/** @type {(scene: Scene) => Markup} */
export function renderFacts({ report, race, savings, growth, cases }) {
  const { machine, versions, runs } = report
  const experiments = [
    { number: race.cases.length, noun: 'instance', of: 'race' },
    { number: savings.length, noun: 'pair of load and limit', plural: 'pairs of load and limit', of: 'savings' },
    {
      number: growth.length === 0 ? 0 : cases.filter(({ experiment }) => experiment === 'sizes').length,
      noun: 'size',
      of: 'sizes'
    }
  ].filter(({ number }) => number > 0)
  const facts = [
    ['Machine', `${machine.cpu}, ${count(machine.cores, 'core')}, ${amount(machine.memoryGiB)} GiB`],
    ['Given to each', `${count(report.cores, 'core')}; ${limitsOf(cases)}`],
    [
      'Versions',
      Object.entries(versions)
        .map(([name, version]) => `${name} ${version}`)
        .join(', ')
    ],
    ['Commit', `${report.commit ?? 'none'}${othersOf(report)}`],
    ['Date', report.date],
    [
      'Suite',
      `${report.suite}: ${experiments.map(({ number, noun, plural, of }) => `${of}, ${count(number, noun, plural)}`).join('; ')}`
    ],
    ['Runs', `${count(runs.length, 'run')} of ${count(report.contestants.length, 'contestant')}, ${seedsOf(report)}`],
    [
      'Where all may stop',
      `as asked, a proven gap of ${share(report.gap)}${growth.length === 0 ? '' : `; where sizes are compared, as soon as ${share(gapToProve(report))} is proven`}`
    ]
  ]
  return markup`<dl class="facts">
${facts.map(([name, value]) => markup`<dt>${name ?? ''}</dt><dd>${prose(value ?? '')}</dd>\n`)}</dl>`
}

/** @type {(cases: Scene['cases']) => string} */
function limitsOf(cases) {
  const words = /** @type {const} */ (['race', 'savings', 'sizes']).flatMap((experiment) => {
    const limits = [
      ...new Set(cases.filter((one) => one.experiment === experiment).map(({ limitSeconds }) => limitSeconds))
    ]
    return limits.length === 0
      ? []
      : [`${experiment} ${listNames(limits.sort((left, right) => left - right).map(duration), 8)}`]
  })
  return `limits: ${words.length === 0 ? 'none' : words.join(', ')}`
}

/** Runs that were kept from elsewhere. @type {(report: Scene['report']) => string} */
function othersOf({ commit, runs }) {
  const others = [...new Set(runs.map((run) => run.commit))].filter((other) => other !== commit)
  return others.length === 0
    ? ''
    : `; some runs of ${listNames(
        others.map((other) => other ?? 'no commit'),
        8
      )}`
}

/** @type {(report: Scene['report']) => string} */
function seedsOf({ runs }) {
  const seeds = new Set(runs.map(({ seed }) => seed))
  return seeds.size < 2 ? 'one seed' : `with up to ${seeds.size} seeds; numbers are medians over them`
}
