import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { alignColumns, displayWidth, printable, shorten, truncate, wrap } from '../../src/report/text/layout.js'
import { ansiStyle } from '../../src/report/text/style.js'

describe('the layout of a terminal', () => {
  test.each([
    ['plain', 5],
    ['naïve', 5],
    ['模型', 4],
    ['🚀 x', 4],
    ['👩‍💻', 2],
    [ansiStyle.strong('bold'), 4]
  ])('%s takes %d columns', (text, width) => expect(displayWidth(text)).toBe(width))

  test('a printable name has no control character, and nothing else is changed', () => {
    expect(printable('a\x1b[31m\n\u202eb')).toBe('a\\u001b[31m\\u000a\\u202eb')
    expect(printable('a\ud800')).toBe('a\\ud800')
    expect(printable('模型-🚀/ü')).toBe('模型-🚀/ü')
  })

  test('a shorter text fits, and says that it is one', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), fc.integer({ min: 1, max: 30 }), (text, width) => {
        const name = printable(text)
        for (const short of [truncate(name, width), shorten(name, width)]) {
          expect(displayWidth(short)).toBeLessThanOrEqual(width)
          expect(short === name || short.includes('…')).toBe(true)
        }
      }),
      { seed: 1 }
    )
  })

  test('a name keeps both ends', () => {
    expect(shorten('llama-70b-6d4cf56db6-x7k2p', 13)).toBe('llama-…-x7k2p')
  })

  test('a number and its unit stand on one line', () => {
    expect(wrap('after 30 s in 9 steps', 8)).toEqual(['after', '30 s in', '9 steps'])
    expect(wrap('about 93.6 % of it', 10)).toEqual(['about', '93.6 % of', 'it'])
  })

  test('a wrapped text keeps its words, in lines that fit where the words do', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary-ascii', minLength: 1, maxLength: 9 })), (words) => {
        const text = words.map((word) => word.replace(/[^!-~]/g, 'x')).join(' ')
        const lines = wrap(text, 12)
        expect(lines.join(' ')).toBe(text)
        expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(12)
      }),
      { seed: 1 }
    )
  })

  test('columns are aligned whatever stands in them', () => {
    const rows = [
      ['模型', '1'],
      [ansiStyle.good('ok'), '1,000']
    ]
    expect(alignColumns(rows, ['left', 'right']).map((row) => displayWidth(row))).toEqual([11, 11])
  })
})
