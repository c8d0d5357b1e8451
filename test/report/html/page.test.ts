import fc from 'fast-check'
import { expect, test } from 'vitest'
import { renderPage } from '../../../src/report/html/page.js'
import { anyName } from '../any-text.js'
import { makePage } from './sample-page.js'

const page = makePage()
const html = renderPage(page)

test('a page of three answers over 2,016 periods is small, and loads and runs nothing', () => {
  expect(Buffer.byteLength(html)).toBeLessThan(400_000)
  expect(html).not.toMatch(/<(?:script|link|img|iframe|object|embed|form|base)\b/)
  expect(html).not.toMatch(/\b(?:src|srcset|action|on\w+|style)\s*=/)
  expect(html).not.toMatch(/url\((?!#)|@import|https?:/)
  expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"`)
})

test('the same page is the same file', () => {
  expect(renderPage(makePage())).toBe(html)
})

test('ids are unique, and what refers to one finds it', () => {
  const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id)
  expect(new Set(ids).size).toBe(ids.length)
  const referred = [...html.matchAll(/ (?:aria-labelledby="([^"]*)"|href="#([^"]*)"|fill="url\(#([^)]*)\)")/g)]
  expect(referred.length).toBeGreaterThan(20)
  for (const [, labels = '', link, fill] of referred) {
    for (const id of [...labels.split(' '), link, fill]) if (id !== undefined && id !== '') expect(ids).toContain(id)
  }
})

test('numbers are aligned, long tables are closed, short ones open', () => {
  expect(html).toContain(
    '<table class="n2 n3 n4 n5">\n<caption id="section-1-3-caption">The mix, and what it costs an hour</caption>'
  )
  expect(html).toMatch(/\.n5 tr > :nth-child\(5\).*\{ text-align: right/)
  expect(html).toContain('<details><summary>All 2,016 periods</summary>')
  expect(html.match(/<tr>/g)).toHaveLength(2016 + 5 + 2)
})

test('the data are saved as they were given', () => {
  const values = fc.oneof(
    fc.json().map((text) => JSON.parse(text)),
    anyName,
    fc.dictionary(anyName, anyName)
  )
  fc.assert(
    fc.property(values, anyName, (value, name) => {
      const [, address = ''] =
        renderPage({ title: 't', sections: [], data: { name, value } }).match(
          /href='data:application\/json;charset=utf-8,([^']*)'/
        ) ?? []
      expect(address).not.toMatch(/[<>&\s]/)
      expect(JSON.parse(decodeURIComponent(address))).toEqual(JSON.parse(JSON.stringify(value)))
    })
  )
  const large = renderPage({ title: 't', sections: [], data: { name: 'n', value: 'x'.repeat(2e6) } })
  expect(large).toContain('too large to be saved from a page')
  expect(large.length).toBeLessThan(20_000)
})

test('a page with nothing but a title is whole', () => {
  expect(renderPage({ title: 'Nothing', sections: [] })).toMatch(/<h1>Nothing<\/h1>[\s\S]*<\/html>\n$/)
})
