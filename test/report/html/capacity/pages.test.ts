import fc from 'fast-check'
import { parseHTML } from 'linkedom'
import { describe, expect, test } from 'vitest'
import { renderHorizonPage } from '../../../../src/report/html/capacity/horizon.js'
import { renderMixPage } from '../../../../src/report/html/capacity/mix.js'
import { renderReachPage } from '../../../../src/report/html/capacity/reach.js'
import { renderSurvivePage } from '../../../../src/report/html/capacity/survive.js'
import { sampleAnswers } from '../../../capacity/sample-answers.js'
import { anyName } from '../../any-text.js'
import { samplePages } from './sample-pages.js'

const pages = samplePages()
const answers: Readonly<Record<string, unknown>> = sampleAnswers()

/** What is written in the tiles, by their labels. */
function tilesOf(html: string): Record<string, string> {
  const { document } = parseHTML(html)
  const tiles = [...document.querySelectorAll('.tiles > div')].map((tile) => [
    tile.querySelector('dt')?.textContent ?? '',
    [...tile.querySelectorAll('dd')].map((part) => part.textContent).join(', ')
  ])
  return Object.fromEntries(tiles)
}

describe.each(Object.entries(pages))('the page of %s', (kind, html) => {
  test('loads nothing and runs nothing', () => {
    expect(html).not.toMatch(/<(?:script|link|img|iframe|object|embed|form|base)\b/)
    expect(html).not.toMatch(/url\((?!#)|@import|https?:/)
  })

  test('has figures, pictures, tables, and what it was made from', () => {
    const { document } = parseHTML(html)
    expect(Object.keys(tilesOf(html)).length).toBeGreaterThan(1)
    expect(document.querySelectorAll('figure').length).toBeGreaterThan(0)
    expect(document.querySelectorAll('table').length).toBeGreaterThan(0)
    const facts = document.querySelector('.facts')?.textContent ?? ''
    for (const part of ['small.study.yaml', 'sha256:0', 'replica-compactor']) expect(facts).toContain(part)
  })

  test('carries the whole answer as JSON', () => {
    const [, address = ''] = /href='data:application\/json;charset=utf-8,([^']*)'/.exec(html) ?? []
    const name = `${kind.replace(/-(.)/g, (_, sign: string) => sign.toUpperCase())}Answer`
    expect(JSON.parse(decodeURIComponent(address))).toEqual(JSON.parse(JSON.stringify(answers[name])))
  })

  test('names every picture, table and section once', () => {
    const { document } = parseHTML(html)
    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    const captions = [...document.querySelectorAll('caption')].map(({ textContent }) => textContent)
    expect(new Set(captions).size).toBe(captions.length)
    const headings = [...document.querySelectorAll('h2')].map(({ textContent }) => textContent)
    expect(new Set(headings).size).toBe(headings.length)
  })
})

test('whatever the names, pages consist of their own elements only', () => {
  const elementsOf = (html: string) => new Set([...html.matchAll(/<([a-zA-Z!/][\w-]*)/g)].map(([, name]) => name))
  const own = new Set(Object.values(pages).flatMap((html) => [...elementsOf(html)]))
  fc.assert(
    fc.property(fc.array(anyName, { minLength: 1, maxLength: 8 }), (names) => {
      let used = 0
      const given = new Map<string, string>()
      const nameOf = (plain: string) => {
        const name = given.get(plain) ?? `${names[used % names.length]}${used++}`
        given.set(plain, name)
        return name
      }
      for (const html of Object.values(samplePages(nameOf))) {
        for (const element of elementsOf(html)) expect(own).toContain(element)
        // biome-ignore lint/suspicious/noControlCharactersInRegex: what must not be there.
        expect(html).not.toMatch(/[\u0000-\u0008\u001b\u202e]/)
        expect(html).not.toMatch(/\b(?:NaN|Infinity|undefined|\[object)\b/)
      }
    }),
    { numRuns: 25 }
  )
})

test('the figures that decide are in large letters', () => {
  expect(tilesOf(pages.mix ?? '')).toMatchObject({
    'Cost an hour': '15.00, 22.00 today',
    'Proven gap': '1.3 %, nothing costs less than 14.80',
    'Saving an hour': "7.00, 31.8 % of today's, paid back in 7 min 12 s",
    Nodes: '13, 1 stay, 12 to buy, 3 to give back'
  })
  expect(tilesOf(pages.horizon ?? '')).toMatchObject({
    'To commit to': '2 nodes, 2.00 an hour, with what is there already',
    'Commitments save': '17.4 %, without them at least 3.75 an hour'
  })
  expect(tilesOf(pages.reach ?? '')).toEqual({
    'Until nothing fits': '1.50× to 1.70×, proven impossible beyond 1.70×',
    'Until the next node': 'does not fit, not even what is wanted now was found a place'
  })
  expect(tilesOf(pages.curve ?? '')).toMatchObject({
    'Cost an hour at the knee': '30.00, 40.00 today',
    'Pays back in': '6 min, the migrations up to the knee'
  })
  expect(tilesOf(pages['what-if'] ?? '')).toMatchObject({
    'The cheapest change': '−8.00, price:0.5: proven cheaper',
    'The dearest change': '+11.00, growth:1.5: proven dearer'
  })
  expect(tilesOf(pages.sweep ?? '')).toMatchObject({
    'The cheapest, an hour': '10.10, none × none',
    'The dearest': '32.10, growth:1.5 × price:2'
  })
})

test('where there is no answer, the page says so', () => {
  const { mixAnswer, horizonAnswer, reachAnswer, surviveAnswer } = sampleAnswers()
  for (const [status, words] of [
    ['infeasible', 'Infeasible'],
    ['none', 'Nothing was found in time']
  ] as const) {
    expect(renderMixPage({ ...mixAnswer, status })).toContain(words)
    const horizon = renderHorizonPage({
      ...horizonAnswer,
      status,
      periods: [],
      notes: ['periods 3 to 5: too many GPUs']
    })
    expect(horizon).toContain(words)
    expect(horizon).toContain('Periods 3 to 5: too many GPUs')
  }
  expect(renderReachPage({ ...reachAnswer, scenarios: [] })).toContain('</html>')
  const price = { ...surviveAnswer.price, notCovered: ['zone b'], bound: 0, gap: 1 } as typeof surviveAnswer.price
  const html = renderSurvivePage({ ...surviveAnswer, price })
  expect(html).toContain('Losses for which no nodes were found that make them survivable: zone b.')
  expect(html).not.toContain('not below 0.00')
})
