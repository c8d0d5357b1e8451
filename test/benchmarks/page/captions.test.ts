import { parseHTML } from 'linkedom'
import { describe, expect, test } from 'vitest'
import type { BenchReport, BenchRun } from '../../../benchmarks/bench/record.mjs'
import { renderPage } from '../../../benchmarks/page/page.mjs'
import { sampleRun } from '../bench/sample-run.js'
import { reportOf } from '../measures/report-of.js'

/** What the caption of a picture says, without how it is read. */
function captionOf(report: BenchReport, id: string): string {
  const { document } = parseHTML(renderPage(report))
  const parts = [...document.querySelectorAll(`#${id} figcaption > :not(.reading)`)]
  return parts
    .map(({ textContent }) => textContent)
    .join(' ')
    .replaceAll('\u00a0', ' ')
    .trim()
}

const run = (contestant: string, seconds: number, cost: number, parts: Partial<BenchRun> = {}) =>
  sampleRun({ contestant, cost, seconds, incumbents: [{ seconds, cost }], bound: null, bounds: [], ...parts })
const everywhere = (runs: readonly BenchRun[]) =>
  ['one', 'two', 'three'].flatMap((instance) => runs.map((one) => ({ ...one, instance })))

describe('of the primal gap', () => {
  test('says when this engine is there, and who comes next', () => {
    const report = reportOf(
      everywhere([run('replica-compactor', 0.4, 100), run('cbc', 8.1, 100), run('a policy', 0.1, 150)])
    )
    expect(captionOf(report, 'primal-gap')).toBe(
      'On 3 instances, by the median, replica-compactor is within 1 % of the best known cost after 0.40 s. ' +
        'The next solver or policy, cbc, is within 1 % of the best known cost after 8.1 s. ' +
        'Of 2 configurations of solvers, and policies, 1 does not get there on more than half of them.'
    )
  })

  test('admits who is closer in the end', () => {
    const report = reportOf(everywhere([run('replica-compactor', 0.4, 100.5), run('cbc', 8.1, 100)]))
    expect(captionOf(report, 'primal-gap')).toContain(
      'When the time is up, closer to it on average than replica-compactor (0.50 %): cbc (0 %).'
    )
  })

  test('admits who is ahead', () => {
    const report = reportOf(everywhere([run('replica-compactor', 3, 100), run('cbc', 2, 100), run('glpsol', 2.5, 100)]))
    expect(captionOf(report, 'primal-gap')).toContain(
      'after 3 s. It is number 3 of 3, behind cbc, which is within 1 % of the best known cost after 2 s; and glpsol, which is'
    )
  })
})

test('of the means says where who gets there, and is silent of who gets nowhere', () => {
  const runs = [
    ...everywhere([run('replica-compactor', 1, 100), run('a policy', 0.1, 150)]),
    ...[run('cbc', 2, 100), run('cbc', 9, 150, { instance: 'two' }), run('cbc', 9, 150, { instance: 'three' })]
  ]
  expect(captionOf(reportOf(runs), 'geometric-means')).toBe(
    'On 3 instances, to within 1 % of the best known cost, replica-compactor needs 1 s, getting there on all 3. ' +
      'The next solver or policy, cbc, needs at least 6.1 s, getting there on 1 of 3. ' +
      'To a proven gap of 1 %, nobody gets there on any of them. Not drawn, as they get to neither: a policy.'
  )
  const nowhere = everywhere([run('replica-compactor', 1, 100, { cost: null, incumbents: [] }), run('cbc', 2, 100)])
  expect(captionOf(reportOf(nowhere), 'geometric-means')).toContain(
    'cbc is first: it needs 2 s, getting there on all 3. replica-compactor is not among them. It gets there on none.'
  )
})

test('of the primal integral names the groups in which another is better', () => {
  const runs = [
    run('replica-compactor', 1, 100),
    run('cbc', 5, 100),
    run('replica-compactor', 5, 100, { instance: 'hard' }),
    run('cbc', 2, 100, { instance: 'hard' })
  ]
  const report = reportOf(runs, { facts: { hard: { group: 'packing' } } })
  expect(captionOf(report, 'primal-integral')).toContain('Another one is better on average in packing (cbc: 20 %).')
})

test('of the profile counts, and admits who is more often the fastest', () => {
  const report = reportOf([
    run('replica-compactor', 2, 100),
    run('cbc', 1, 100),
    run('replica-compactor', 2, 100, { instance: 'two' }),
    run('cbc', 1.5, 100, { instance: 'two' })
  ])
  expect(captionOf(report, 'performance-profile')).toBe(
    'replica-compactor is the fastest to within 1 % of the best known cost on 0 of 2 instances, needs at most twice the time of the ' +
      'fastest on 2, and gets there in time on 2. More often the fastest: cbc (2).'
  )
})

describe('of savings', () => {
  const saved = (contestant: string, cost: number, budgetShare: number, bound: number | null = null) =>
    run(contestant, 1, cost, { experiment: 'savings', budgetShare, bound, activeNodes: Math.round(cost / 15) })
  const facts = { one: { gpuLoad: 0.5, initial: { costPerHour: 1500, activeNodes: 100 } } }

  test('says what is saved, how much more than by the best policy, and how much is left', () => {
    const report = reportOf([saved('replica-compactor', 750, 1, 735), saved('a policy', 1200, 1)], { facts })
    expect(captionOf(report, 'savings-by-load')).toBe(
      'Moving as much as it takes, replica-compactor saves $750.00 an hour (50 % of the cost) and releases 50 nodes, with 50 % of GPUs ' +
        'asked for. The best policy (a policy) saves $300.00 an hour (20 % of the cost) and releases 20 nodes. ' +
        'That is $450.00 an hour more than the best policy. ' +
        'At most 2 % of what replica-compactor leaves to pay could be saved yet: that is proven.'
    )
  })

  test('admits where a policy saves more', () => {
    const runs = [
      ...[saved('replica-compactor', 750, 1), saved('a policy', 720, 1)],
      ...[saved('replica-compactor', 1200, 0.05), saved('a policy', 1350, 0.05)]
    ]
    const report = reportOf(runs, { facts })
    expect(captionOf(report, 'savings-by-load')).toContain(
      'It is not the best everywhere: with 50 % of GPUs asked for, all may move, a policy saves $780.00.'
    )
    expect(captionOf(report, 'cost-by-budget')).toBe(
      'In 1 of 2 pairs of load and limit none of those who took part (a policy) leaves less to pay than replica-compactor. ' +
        'Another leaves less with 50 % of GPUs asked for, all may move (a policy). ' +
        'It saves 0.96 times to 2.00 times as much as the best policy, the most with 50 % of GPUs asked for, 5 % may move. ' +
        'No bound is proven here.'
    )
  })
})

test('of the growth has the exponents, and what is not in them', () => {
  const sized = (contestant: string, nodes: number, seconds: number) =>
    run(contestant, seconds, 100, {
      ...{ experiment: 'sizes', instance: `of-${nodes}`, limitSeconds: 50 },
      ...(seconds > 50 ? {} : { bound: 100 })
    })
  const facts = Object.fromEntries([10, 100, 1000].map((nodes) => [`of-${nodes}`, { nodes, group: 'dense' }]))
  const runs = [
    ...[sized('replica-compactor', 10, 0.1), sized('replica-compactor', 100, 1), sized('replica-compactor', 1000, 10)],
    ...[sized('cbc', 10, 1), sized('cbc', 100, 40), sized('cbc', 1000, 60)]
  ]
  expect(captionOf(reportOf(runs, { facts }), 'growth').replace(/\s+/g, ' ')).toBe(
    'Time to a proven gap of 1 %. On dense clusters replica-compactor proves it on up to 1,000 nodes; cbc on up to 100 nodes. ' +
      'Runs that the limit ended are in no fit: what exponents would be with them is unknown. ' +
      'dense, replica-compactor: nodes to the power of 1.00 ± 0.00, from 3 points ' +
      'dense, cbc: nodes to the power of 1.60, from 2 points; not in it: 1 at the limit'
  )
})
