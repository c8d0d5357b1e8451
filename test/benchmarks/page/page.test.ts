import { parseHTML } from 'linkedom'
import { beforeAll, describe, expect, test } from 'vitest'
import { report as reportSchema } from '../../../benchmarks/bench/record.mjs'
import { renderPage } from '../../../benchmarks/page/page.mjs'
import { hostile, inherited, makeReport } from './sample-report.js'

const report = makeReport()
const empty = { ...report, instances: [], contestants: [], runs: [], absent: [], context: { allocations: [] } }
const read = (html: string) => parseHTML(html).document
let html: string
let page: Document

beforeAll(() => {
  html = renderPage(report)
  page = read(html)
})

const texts = (selector: string) => [...page.querySelectorAll(selector)].map(({ textContent }) => textContent ?? '')
const figureIds = () => [...page.querySelectorAll('figure')].map(({ id }) => id)

test('is one file that loads nothing and runs nothing', () => {
  expect(html.length).toBeLessThan(1_500_000)
  expect(html).not.toMatch(/<(?:script|link|img|iframe|object|embed|base)\b/i)
  expect(html).not.toMatch(/\b(?:src|srcset|background)=|url\(|@import|@font-face|javascript:/i)
  expect([...page.querySelectorAll('a[href]')].every((link) => link.getAttribute('href')?.startsWith('#'))).toBe(true)
  for (const element of page.querySelectorAll('*')) {
    for (const { name } of element.attributes) expect(name).not.toMatch(/^on/)
  }
})

test('has all pictures, in order', () => {
  expect(figureIds()).toEqual([
    'savings-by-load',
    'cost-by-budget',
    'primal-gap',
    'proven-gap',
    'primal-integral',
    'performance-profile',
    'geometric-means',
    'growth',
    'allocations'
  ])
})

test('every picture has a heading, alternative text, a caption and its data', () => {
  for (const figure of page.querySelectorAll('figure')) {
    const [picture, ...others] = figure.querySelectorAll('svg[role=img]')
    expect(others).toEqual([])
    const named = picture?.getAttribute('aria-labelledby')?.split(' ') ?? []
    const [title, description] = named.map((id) => page.getElementById(id))
    expect(title?.localName).toBe('title')
    expect(title?.textContent).toBe(figure.querySelector('h3')?.textContent)
    expect(description?.localName).toBe('desc')
    expect(description?.textContent?.length).toBeGreaterThan(100)
    expect(figure.querySelector('figcaption p')?.textContent).toMatch(/\.$/)
    expect(figure.querySelector('details summary')).not.toBeNull()
    expect(figure.querySelectorAll('details tbody tr').length).toBeGreaterThan(2)
  }
})

test('no id is there twice, and every reference has an end', () => {
  const ids = [...page.querySelectorAll('[id]')].map(({ id }) => id)
  expect(ids).toEqual([...new Set(ids)])
  const references = [...page.querySelectorAll('[aria-labelledby]')].flatMap(
    (element) => element.getAttribute('aria-labelledby')?.split(' ') ?? []
  )
  const links = [...page.querySelectorAll('a[href]')].map((link) => link.getAttribute('href')?.slice(1) ?? '')
  for (const id of [...references, ...links]) expect(ids).toContain(id)
})

test('has one first heading, and no level is left out', () => {
  const levels = [...page.querySelectorAll('h1, h2, h3, h4')].map(({ localName }) => Number(localName.slice(1)))
  expect(levels.filter((level) => level === 1)).toHaveLength(1)
  for (const [index, level] of levels.entries()) expect(level - (levels[index - 1] ?? 0)).toBeLessThanOrEqual(1)
  expect(page.documentElement.getAttribute('lang')).toBe('en')
  for (const landmark of ['header', 'nav', 'main', 'footer']) expect(page.querySelectorAll(landmark)).toHaveLength(1)
})

test('numbers in pictures are numbers', () => {
  for (const picture of page.querySelectorAll('svg')) {
    expect(picture.outerHTML).not.toMatch(/NaN|Infinity|undefined|null/)
  }
})

test('names from anywhere stay names', () => {
  const rows = texts('tbody th')
  expect(rows).toContain(hostile)
  expect(rows).toContain(inherited)
  expect(texts('dl.facts dd').join()).toContain('a <fast> processor')
  expect(texts('.results td').join()).toContain('node <b>n-7</b> holds 1.25 of 1 GPU')
  expect(page.querySelectorAll('b')).toHaveLength(0)
})

test('says on what, when and how long was measured', () => {
  const facts = texts('dl.facts dd').join('\n').replaceAll('\u00a0', ' ')
  for (const words of ['2 cores, 24 GiB', 'race 60 s', 'node 20.20.2', 'abc1234+', '2026-11-30', 'full']) {
    expect(facts).toContain(words)
  }
})

test('has a row for every contestant on every instance, with the words of what is wrong or refused', () => {
  const [race] = page.querySelectorAll('.results details')
  expect([...(race?.querySelectorAll('tbody tr') ?? [])]).toHaveLength(report.contestants.length)
  const rows = texts('.results tbody tr')
  expect(rows).toContain('cbc, exportedwrong node <b>n-7</b> holds 1.25 of 1 GPU')
  expect(rows).toContain('YALPS, assignmentrefused more than 60 nodes')
  expect(texts('.results summary')).toHaveLength(14 + 16 + 16)
  expect(texts('section li')).toContain('“cbc, exported” on dense-50-1: node <b>n-7</b> holds 1.25 of 1 GPU')
})

test('who came too late, or places nothing, is said so', () => {
  const rows = texts('.results tbody tr').map((text) => text.replaceAll('\u00a0', ' '))
  expect(rows).toContain('glpsol, exportedlate ended after 70 s')
  expect(rows.filter((row) => row.startsWith('HiGHS, by typeproves bounds and places nothing–'))).toHaveLength(14)
  expect(texts('section li')).toContain('“glpsol, exported”: on 1 instance')
  expect(texts('section p')).toContain(
    '“HiGHS, by type” solves a relaxation, which proves bounds and places nothing: it is among all results, and in no picture or ' +
      'sentence about placements.'
  )
  expect(texts('figure').join()).not.toContain('HiGHS, by type')
})

test('counts solvers, and says that the start is simulated', () => {
  const lead = texts('.lead').join()
  expect(lead).toContain('beside 7 solvers in 15 configurations and 8 policies on 34 instances')
  expect(lead).toContain('from a start that is simulated')
  expect(page.querySelector('#savings')?.parentElement?.querySelector('p')?.textContent).toContain('kind start')
})

test('says what is absent', () => {
  expect(texts('section:last-of-type li')).toEqual(report.absent)
})

describe('without data', () => {
  test('for any picture, it says so', () => {
    const without = read(renderPage(reportSchema.parse(empty)))
    expect([...without.querySelectorAll('figure')]).toEqual([])
    expect([...without.querySelectorAll('section:last-of-type li')]).toHaveLength(9)
    expect(without.querySelector('#results')?.parentElement?.textContent).toContain('Nothing was run')
  })

  test.each(['race', 'savings', 'sizes'] as const)('for all but the %s, the others are left out', (experiment) => {
    const runs = report.runs.filter((run) => run.experiment === experiment)
    const part = read(renderPage({ ...report, runs }))
    const figures = [...part.querySelectorAll('figure')].map(({ id }) => id)
    const expected = {
      race: ['primal-gap', 'proven-gap', 'primal-integral', 'performance-profile', 'geometric-means'],
      savings: ['savings-by-load', 'cost-by-budget'],
      sizes: ['growth']
    }
    expect(figures).toEqual([...expected[experiment], 'allocations'])
    expect([...part.querySelectorAll('section:last-of-type li')]).toHaveLength(2 + 9 - figures.length)
  })

  test('of this engine it still stands', () => {
    const runs = report.runs.filter(({ contestant }) => !contestant.startsWith('replica-compactor'))
    const contestants = report.contestants.filter(({ kind }) => kind !== 'engine')
    const text = read(renderPage({ ...report, runs, contestants })).querySelector('main')?.textContent ?? ''
    expect(text).not.toMatch(/undefined|null|NaN/)
    expect(text).toContain('is first: it')
  })

  test('with one run only', () => {
    for (const run of [report.runs[0], report.runs.find(({ refused }) => refused !== null)]) {
      const text = read(renderPage({ ...report, runs: run === undefined ? [] : [run] })).querySelector(
        'main'
      )?.textContent
      expect(text).not.toMatch(/undefined|NaN|Infinity/)
    }
  })
})
