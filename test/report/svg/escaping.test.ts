import fc from 'fast-check'
import { expect, test } from 'vitest'
import { escapeText, markup } from '../../../src/report/markup.js'
import { anyName } from '../any-text.js'
import { anyChart, anyWidth } from './any-chart.js'

const ELEMENTS = ['svg', 'title', 'desc', 'defs', 'pattern', 'path', 'rect', 'circle', 'text']
const ATTRIBUTES =
  /^(?:[ \n]+(?:class|id|x|y|d|r|cx|cy|rx|width|height|viewBox|role|aria-labelledby|fill|fill-opacity|stroke-dasharray|patternUnits|transform)="[^"<>]*")*\/?$/
const CONTROL = /[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u

test('no text becomes markup', () => {
  expect(markup`<p title="${`"><script>`}">${'<b>'}${1}${null}${false}${[markup`<i>`, '&']}</p>`.text).toBe(
    '<p title="&quot;&gt;&lt;script&gt;">&lt;b&gt;1<i>&amp;</p>'
  )
  fc.assert(
    fc.property(anyName, (name) => {
      expect(escapeText(name)).not.toMatch(/[<>"']|&(?!(?:amp|lt|gt|quot|#39);)/)
      expect(escapeText(name)).not.toMatch(CONTROL)
    })
  )
})

test('whatever the names and the numbers, a chart consists of its own elements only, and all coordinates are numbers', () => {
  fc.assert(
    fc.property(anyChart, anyWidth, (draw, width) => {
      const { text } = draw({ width, id: 'a"><script>' })
      const open: string[] = []
      for (const [, slash, name = '', rest = ''] of text.matchAll(/<(\/?)([^\s>/]*)([^>]*)>/g)) {
        expect(ELEMENTS).toContain(name)
        expect(rest).toMatch(ATTRIBUTES)
        if (slash === '/') expect(open.pop()).toBe(name)
        else if (!rest.endsWith('/')) open.push(name)
      }
      expect(open).toEqual([])
      const attributes = [...text.matchAll(/ (?:[cr]?[xy]|d|r|width|height|viewBox|transform)="([^"]*)"/g)].map(
        ([, value]) => value
      )
      for (const value of attributes) expect(value).not.toMatch(/NaN|Infinity|undefined|null|\de/)
      expect(text.replaceAll('\n', '')).not.toMatch(CONTROL)
    }),
    { numRuns: 300 }
  )
})

test('every chart says what it is to those who do not see it', () => {
  fc.assert(
    fc.property(anyChart, (draw) => {
      expect(draw({ id: 'x' }).text).toMatch(
        /^<svg class="chart" viewBox="0 0 [\d.]+ [\d.]+" role="img" aria-labelledby="x-title x-description"><title id="x-title">[^<]*<\/title><desc id="x-description">[^<]+<\/desc>/
      )
    }),
    { numRuns: 50 }
  )
})
