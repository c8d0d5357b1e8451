import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { spread } from '../../../benchmarks/page/labels.mjs'
import { renderBench } from '../../../benchmarks/page/markdown-summary.mjs'
import { renderTerminal } from '../../../benchmarks/page/terminal.mjs'
import { amount, dollars, duration, listNames, share, shareAtMost } from '../../../benchmarks/page/words.mjs'
import { markup } from '../../../dist/src/report/markup.js'
import { hostile, makeReport } from './sample-report.js'

const report = makeReport()
const nothing = { ...report, runs: [], absent: [] }

describe('in a terminal', () => {
  test.each([80, 100, 120])('no line is longer than %d', (width) => {
    const lines = renderTerminal(report, { width }).split('\n')
    expect(lines.filter((line) => [...line].length > width)).toEqual([])
    expect(lines.filter((line) => line !== line.trimEnd())).toEqual([])
  })

  test('a contestant is a line, with its instances and its means', () => {
    const lines = renderTerminal(report, { width: 100 }).split('\n')
    const columns = lines.find((line) => line.startsWith('contestant'))?.split(/\s{2,}/)
    expect(columns).toEqual(['contestant', 'right', 'wrong', 'late', 'refused', 'to 1 %', 'integral', 'gap', 'proven'])
    const cbc = lines.find((line) => line.startsWith('cbc, exported  '))
    expect(cbc).toMatch(/^cbc, exported +12 +1 +0 +1 +≥ [\d.]+ s +[\d.]+ % +[\d.]+ % +[\d.]+ %$/)
  })

  test('savings are dollars and nodes by load and budget, with the gap to the bound beside ours', () => {
    const text = renderTerminal(report, { width: 100 })
    expect(text).toMatch(/\n20 % +1 % +\$12,336 +\$[\d,]+ +\d+ +0\.\d\d %/)
    expect(text).toMatch(/\n80 % +all +\$12,336 +\$[\d,]+ +\d+ +0\.\d\d %/)
    expect(text).toContain('karpenter-')
  })

  test('nothing moves the cursor', () => {
    const [first] = report.contestants
    const renamed = {
      ...report,
      contestants: report.contestants.map((one) => (one === first ? { ...one, name: 'a\u001b[2Jb' } : one))
    }
    const runs = report.runs.map((run) =>
      run.contestant === first?.name ? { ...run, contestant: 'a\u001b[2Jb' } : run
    )
    expect(renderTerminal({ ...renamed, runs }, { width: 80 }).replaceAll('\n', '')).not.toMatch(/\p{Cc}/u)
  })

  test('without runs it says so', () => {
    expect(renderTerminal(nothing, { width: 80 })).toBe('Nothing was run.\n')
  })
})

describe('in Markdown', () => {
  test('contestants, savings and exponents are tables', () => {
    const text = renderBench(report)
    expect(text).toMatch(/\| replica-compactor +\| +14 \| +0 \| +0 \| +0 \|/)
    expect(text).toMatch(/\| 20 % \| 1 % +\| 12,336\.30 \| +\$[\d,.]+, \d+ \|/)
    expect(text).toMatch(/\| dense +\| replica-compactor +\| +\d\.\d\d ± \d\.\d\d \| +\d+ \|/)
    const tables = text.split('\n\n').filter((part) => part.startsWith('|'))
    for (const table of tables) expect(new Set(table.split('\n').map((line) => [...line].length)).size).toBe(1)
    expect(tables).toHaveLength(3)
  })

  test('names are no markup', () => {
    const text = renderBench(report)
    expect(text).not.toContain(hostile)
    expect(text).toContain('\\<script\\>alert("page")\\</script\\> \\& \'co\'')
    expect(text).toContain('\\_\\_proto\\_\\_')
  })

  test('without runs nothing is claimed', () => {
    expect(renderBench(nothing)).toMatch(/^Measured on .*\.\n$/)
  })
})

test('markup escapes what is no markup', () => {
  const name = `<b class="x">&'`
  expect(markup`<p title="${name}">${[name, markup`<i>${1}</i>`, null, false]}</p>`.text).toBe(
    '<p title="&lt;b class=&quot;x&quot;&gt;&amp;&#39;">&lt;b class=&quot;x&quot;&gt;&amp;&#39;<i>1</i></p>'
  )
})

test('numbers read as they are', () => {
  expect([0, 0.00005, 0.0026, 0.0123, 0.05, 0.262, 1, null].map(share)).toEqual([
    ...['0 %', 'below 0.01 %', '0.26 %', '1.2 %', '5 %', '26.2 %', '100 %', '–']
  ])
  expect([0.00261, 0.0121, 0.05].map(shareAtMost)).toEqual(['0.27 %', '1.3 %', '5 %'])
  expect([0, 0.004, 0.4, 8.13, 42, 59.9999999, 1234.5, Infinity, null].map(duration)).toEqual([
    ...['0 s', 'below 0.01 s', '0.40 s', '8.1 s', '42 s', '60 s', '1,235 s', 'never', '–']
  ])
  expect([1234.5, -3, 123_456.7].map(dollars)).toEqual(['$1,234.50', '−$3.00', '$123,457'])
  expect([1234, 1.5].map(amount)).toEqual(['1,234', '1.5'])
})

test('names with commas are told apart', () => {
  expect(listNames([])).toBe('nobody')
  expect(listNames(['a', 'HiGHS, rows', 'c'])).toBe('a, “HiGHS, rows” and c')
  expect(listNames(['a', 'b', 'c', 'd', 'e', 'f'])).toBe('a, b, c and 3 more')
})

test('labels keep their order and their distance, and stay where they belong if they can', () => {
  expect(spread([50, 10, 90], 0, 100, 16)).toEqual([50, 10, 90])
  expect(spread([50, 50, 51], 0, 100, 16)).toEqual([50, 66, 82])
  expect(spread([99, 100], 0, 100, 16)).toEqual([84, 100])
  const heights = fc.array(fc.double({ min: 0, max: 400, noNaN: true }), { minLength: 1, maxLength: 25 })
  fc.assert(
    fc.property(heights, (wanted) => {
      const sorted = [...spread(wanted, 0, 400, 16)].sort((left, right) => left - right)
      for (const [index, height] of sorted.entries()) {
        expect(height).toBeGreaterThanOrEqual(-1e-6)
        expect(height).toBeLessThanOrEqual(400 + 1e-6)
        if (index > 0) expect(height - (sorted[index - 1] ?? 0)).toBeGreaterThanOrEqual(16 - 1e-6)
      }
    }),
    { seed: 1 }
  )
})
