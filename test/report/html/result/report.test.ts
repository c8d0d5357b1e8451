import fc from 'fast-check'
import { parseHTML } from 'linkedom'
import { describe, expect, test } from 'vitest'
import { InputError } from '../../../../models/contract/parse.js'
import { compact } from '../../../../src/index.js'
import { renderReport } from '../../../../src/report/html/result/render-report.js'
import { sampleProblem, sampleResult } from '../../../cli/sample-result.js'
import { anyName } from '../../any-text.js'
import { planFixture, readFixture } from '../../cluster/fixture-results.js'
import { CURVE, fullProblem, fullResult, infeasibleResult, renamed, sampleReports } from './sample-reports.js'

const read = (html: string) => parseHTML(html).document

function tilesOf(html: string): Record<string, string> {
  return Object.fromEntries(
    [...read(html).querySelectorAll('.tiles > div')].map((tile) => [
      tile.querySelector('dt')?.textContent ?? '',
      [...tile.querySelectorAll('dd')].map((part) => part.textContent).join('; ')
    ])
  )
}

const headingsOf = (html: string) => [...read(html).querySelectorAll('h2')].map(({ textContent }) => textContent)

/** A table by the words that its caption begins with. */
function rowsOf(html: string, caption: string): string[][] {
  const found = [...read(html).querySelectorAll('table')].find((table) =>
    table.querySelector('caption')?.textContent?.startsWith(caption)
  )
  if (found === undefined) throw new Error(`no table ${caption}`)
  return [...found.querySelectorAll('tbody tr')].map((row) =>
    [...row.children].map(({ textContent }) => textContent ?? '')
  )
}

/** Everything that a page could load or run. */
function expectAlone(html: string): void {
  const document = read(html)
  expect(document.querySelectorAll('script, link, img, iframe, object, embed, form, base, foreignObject')).toHaveLength(
    0
  )
  for (const element of document.querySelectorAll('*')) {
    for (const { name, value } of [...element.attributes]) {
      expect(name).not.toMatch(/^on|^style$|^src/)
      if (name === 'href') expect(value).toMatch(/^#|^data:application\/json/)
      if (/url\(/.test(value)) expect(value).toMatch(/^url\(#[\w-]+\)$/)
    }
  }
  expect(html).toContain("default-src 'none'")
  expect(document.querySelector('style')?.textContent).not.toMatch(/@import|url\(/)
}

describe.each(Object.entries(await sampleReports()))('the report of %s', (_, html) => {
  test('loads nothing, runs nothing, and is well put together', () => {
    expectAlone(html)
    const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const [, fill, labels] of html.matchAll(/ (?:fill="url\(#([^)]*)\)"|aria-labelledby="([^"]*)")/g))
      for (const id of [fill, ...(labels ?? '').split(' ')])
        if (id !== undefined && id !== '') expect(ids).toContain(id)
    expect(html).not.toMatch(/NaN|undefined|Infinity|\[object/)
  })

  test('has its data, and what it was made from', () => {
    const [, address = ''] = html.match(/href='data:application\/json;charset=utf-8,([^']*)'/) ?? []
    expect(JSON.parse(decodeURIComponent(address))).toHaveProperty('schemaVersion', 1)
    const facts = read(html).querySelector('.facts')?.textContent ?? ''
    for (const part of ['sha256:', 'replica-compactor']) expect(facts).toContain(part)
  })
})

test('the figures that matter, and a sentence', async () => {
  const [problem, result] = await planFixture('quickstart.problem.yaml')
  const html = renderReport(problem, result)
  expect(read(html).querySelector('.lead')?.textContent).toBe(
    '3 nodes are released: 33.16 an hour become 16.98, 48.8 % less, proven within 9.4 % of the optimum.'
  )
  expect(tilesOf(html)).toEqual({
    'Cost an hour': '16.98; 33.16 before',
    'Saves a month': '11,811; 141,737 a year',
    'Nodes in use': '4; 7 before, 3 of 7 released',
    'Use of gpu': '100.0 %; 54.5 % before',
    Migrations: '6; move cost 10',
    Takes: '5 min; 30 steps',
    'Proven gap': '9.4 %; nothing costs less than 15.38',
    'The checker': 'valid; every order of the steps is safe'
  })
  expect(headingsOf(html)).toEqual([
    ...['Before and after', 'The migration', 'The search', 'Cost against migrations', 'Why', 'The checker', 'Made from']
  ])
})

test('every node is in the pictures, before and after, and in the table', async () => {
  for (const name of [
    'quickstart.problem.yaml',
    'openb/openb-slice-30.problem.json',
    'openb/openb-slice-120.problem.json'
  ]) {
    const [problem, result] = await planFixture(name)
    const html = renderReport(problem, result)
    const document = read(html)
    const rows = rowsOf(html, 'Every node in numbers')
    expect(rows.map(([id]) => id)).toEqual(problem.nodes.map(({ id }) => id))
    expect(rows.filter(([, , fate]) => fate?.startsWith('released'))).toHaveLength(result.releasedNodes.length)
    const pictures = [...document.querySelectorAll('.pair')].map((pair) => pair.querySelectorAll('svg').length)
    expect(new Set(pictures)).toEqual(new Set([2]))
    if (problem.nodes.length <= 16) {
      for (const { id } of problem.nodes) {
        const named = [...document.querySelectorAll('.pair text.strong')].filter(
          ({ textContent }) => textContent === id
        )
        expect(named).toHaveLength(2)
      }
    } else {
      const spots = [...document.querySelectorAll('.pair .spot title')].map(({ textContent }) => textContent ?? '')
      for (const { id } of problem.nodes) {
        expect(spots.filter((words) => words.startsWith(`${id}: `))).toHaveLength(2)
      }
      expect(spots.filter((words) => words.endsWith(': released'))).toHaveLength(result.releasedNodes.length)
    }
  }
})

test('who holds which devices, before and after', async () => {
  const [problem, result] = await planFixture('quickstart.problem.yaml')
  const html = renderReport(problem, result)
  const rows = rowsOf(html, 'Every replica')
  expect(rows.map(([id]) => id).sort()).toEqual(problem.replicas.map(({ id }) => id).sort())
  expect(rows).toContainEqual(['chat-0', 'chat', 'large-1', 'gpu 0 and 1', 'large-2', 'gpu 2 and 3'])
  const titles = [...read(html).querySelectorAll('.pair .spot title')].map(({ textContent }) => textContent)
  expect(titles).toContain('embedder-0: 0.25 of gpu 0')
})

test('every step and every way is told', async () => {
  const [problem, result] = await planFixture('quickstart.problem.yaml')
  const html = renderReport(problem, result)
  expect(rowsOf(html, 'All 30 steps').map(([id]) => id)).toEqual(result.plan.steps.map(({ id }) => id))
  const gantt = [...read(html).querySelectorAll('svg')].find((svg) =>
    svg.querySelector('title')?.textContent?.startsWith('Who moves when')
  )
  expect(gantt?.textContent).toContain('chat-0')
  expect(gantt?.textContent).toContain('large-1 → large-2')
})

test('a bound that is certified is recomputed', async () => {
  const problem = readFixture('quickstart.problem.yaml')
  const result = await compact(problem, { workLimit: 2000, certificate: true, threads: 1 })
  const html = renderReport(problem, result)
  expect(tilesOf(html)['The checker']).toBe('valid; every order is safe, and the bound is recomputed')
  expect(html).toContain('recomputed without a solver')
})

test('a Result that is wrong says so first', () => {
  const result = sampleResult({ objective: { costPerHour: 1, moveCost: 1, migrations: 1, activeNodes: 1, total: 1 } })
  const html = renderReport(sampleProblem(), result)
  expect(headingsOf(html)[0]).toBe('The checker')
  expect(tilesOf(html)['The checker']).toMatch(/^\d+ violations?; told below$/)
  expect(rowsOf(html, 'Violations').map(([code, where]) => `${code} ${where}`)).toContain('claim objective.costPerHour')
  expect(html).toContain('This plan must not be carried out.')
})

test('everything that is explained is told', () => {
  const html = renderReport(fullProblem(), fullResult(), { curve: CURVE })
  expect(rowsOf(html, 'Why 1 node stays')).toEqual([
    ['small', 'Stays: no cheaper placement does without it', 'gpu, rules[2]', 'chat-0, chat-1']
  ])
  expect(rowsOf(html, 'What 1 migration is for')).toEqual([['chat-0', 'To empty a node', 'large']])
  expect(rowsOf(html, '1 replica held')).toEqual([['chat-0', 'Member of a gang']])
  expect(rowsOf(html, '1 move given up')).toEqual([['chat-1', 'Blocked', 'gpu on small']])
  expect(rowsOf(html, '1 replica without a place')).toEqual([['chat-9', 'chat']])
  expect(rowsOf(html, 'Limits that stay broken')[0]?.[0]).toBe('spread')
  expect(rowsOf(html, 'Placements as they were found')).toHaveLength(3)
  expect(html).toContain('Label zone is set on no node')
  expect(html).toContain('Beyond the knee, 1 migration')
  expect(html).toContain('best plan for so many')
  expect(html).toContain('1 node bought')
  expect(html).toContain('1 node rented for the migration')
})

test('of a Result alone all is told that follows from it, and what its Problem would add', () => {
  const html = renderReport(null, fullResult())
  expect(headingsOf(html)).toEqual([
    ...['The migration', 'The search', 'Why', 'What else to know', 'The checker', 'Made from']
  ])
  expect(html).toContain('without its PROBLEM a RESULT cannot be checked')
  expect(Object.keys(tilesOf(html))).not.toContain('The checker')
  expect(rowsOf(html, 'All 7 steps')).toHaveLength(7)
})

test('each replica is told once, and of a placement that was given the search says nothing', () => {
  const explanation = {
    nodes: [
      { node: 'small', code: 'no-room-elsewhere' as const },
      { node: 'idle', code: 'headroom' as const }
    ],
    held: [
      { replica: 'chat-0', code: 'migration-blocked' as const },
      { replica: 'chat-1', code: 'gang' as const }
    ],
    givenUp: { costPerHour: 0, moves: [{ replica: 'chat-0', reason: 'blocked' as const, limits: [] }] }
  }
  const found = renderReport(sampleProblem(), sampleResult({ explanation }))
  expect(rowsOf(found, '1 replica held').map(([replica]) => replica)).toEqual(['chat-1'])
  expect(rowsOf(found, 'Why 2 nodes stay').map(([node]) => node)).toEqual(['small', 'idle'])
  const given = renderReport(
    sampleProblem(),
    sampleResult({ explanation, solve: { ...sampleResult().solve, solver: 'none' } })
  )
  expect(rowsOf(given, 'Why 1 node stays').map(([node]) => node)).toEqual(['idle'])
})

test('takes what is read from a file, and says what is no Problem or Result', () => {
  const raw = {
    schemaVersion: 1,
    nodes: [{ id: 'a', capacity: {}, costPerHour: 0 }],
    deployments: [{ id: 'chat', demand: {} }],
    replicas: [{ id: 'chat-0', deployment: 'chat', node: 'a' }]
  }
  expect(renderReport(raw, sampleResult())).toContain('<!doctype html>')
  expect(() => renderReport({}, sampleResult())).toThrow(InputError)
  expect(() => renderReport(null, { placement: [] })).toThrow(InputError)
})

test('an infeasible problem has a report, too', () => {
  const html = renderReport(sampleProblem(), infeasibleResult())
  expect(read(html).querySelector('.lead')?.textContent).toMatch(/^Infeasible/)
  expect(rowsOf(html, 'Parts of the problem')).toEqual([
    ['deployments[0].demand.gpu', 'asks for 9 gpu, the largest node has 8'],
    ['rules[2]', 'all in one zone']
  ])
  const alone = renderReport(null, infeasibleResult())
  expect(headingsOf(alone)).toContain('What cannot hold together')
})

test('the same Result is the same page', () => {
  const one = renderReport(fullProblem(), fullResult(), { curve: CURVE })
  expect(renderReport(fullProblem(), fullResult(), { curve: CURVE })).toBe(one)
})

test('no name becomes markup', () => {
  fc.assert(
    fc.property(fc.array(anyName, { minLength: 4, maxLength: 12 }), (names) => {
      const given = new Map<string, string>()
      const [problem, result] = renamed((plain) => {
        const name = given.get(plain) ?? `${names[given.size % names.length]?.slice(0, 500)}${given.size}`
        given.set(plain, name)
        return name
      })
      expectAlone(renderReport(problem, result))
    }),
    { seed: 3, numRuns: 25 }
  )
})

test('nodes that have nothing, and demands of nothing, are no trouble', async () => {
  const bare = sampleProblem({
    nodes: [{ id: 'bare', capacity: {}, costPerHour: 0 }],
    deployments: [{ id: 'chat', demand: {} }],
    replicas: [{ id: 'chat-0', deployment: 'chat', node: 'bare' }]
  })
  const html = renderReport(bare, await compact(bare, { solver: 'greedy' }))
  expectAlone(html)
  expect(html).not.toMatch(/NaN|undefined|Infinity/)
})
