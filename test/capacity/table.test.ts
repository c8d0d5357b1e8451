import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readAmount } from '../../src/capacity/table/amounts.js'
import { parseCsv } from '../../src/capacity/table/parse-csv.js'
import { readTable } from '../../src/capacity/table/read-table.js'
import { placeOf } from '../../src/capacity/table/table.js'
import { refusalOf } from './refusal.js'

const read = (text: string) => parseCsv(text, 'forecast')

describe('a CSV text', () => {
  test('becomes rows that know the line on which they begin', () => {
    const table = read('\uFEFFname, note\r\n\r\na,"two\r\nlines"\r\nb,"say ""hi"", there"\r\n\nc,\n')
    expect(table.columns).toEqual(['name', 'note'])
    expect(table.rows).toEqual([
      { line: 3, cells: ['a', 'two\nlines'] },
      { line: 5, cells: ['b', 'say "hi", there'] },
      { line: 7, cells: ['c', ''] }
    ])
    expect(placeOf(table, 7, 1)).toBe('row 7, column note')
  })

  test('comes back whatever its cells say', () => {
    const cell = fc
      .string({ unit: fc.constantFrom('a', '1', ',', '"', '\n', ' ', 'é', '😀', ';', '') })
      .map((text) => text.trim())
    const records = fc
      .integer({ min: 2, max: 5 })
      .chain((width) =>
        fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 8 })
      )
    const quote = (text: string) => `"${text.replaceAll('"', '""')}"`
    fc.assert(
      fc.property(records, fc.constantFrom('\n', '\r\n'), fc.boolean(), (rows, end, isMarked) => {
        const header = rows[0]?.map((_, index) => `c${index}`) ?? []
        const lines = [header, ...rows].map((row) => row.map((text) => quote(text.replaceAll('\n', end))).join(','))
        const table = read(`${isMarked ? '\uFEFF' : ''}${lines.join(end)}${end}`)
        expect(table.columns).toEqual(header)
        expect(table.rows.map(({ cells }) => cells)).toEqual(rows)
        const starts = rows.map(
          (_, index) =>
            lines
              .slice(0, index + 1)
              .join('\n')
              .split('\n').length + 1
        )
        expect(table.rows.map(({ line }) => line)).toEqual(starts)
      }),
      { seed: 1, numRuns: 300 }
    )
  })

  test.each([
    ['', ': found nothing in it, expected a line of column names, then rows'],
    ['\n\n', ': found nothing in it, expected a line of column names, then rows'],
    ['time,a\n', ': found the columns time, a, and no rows, expected at least one row'],
    ['time,a b,time\n1,2,3\n', 'row 1, column time: found a second column of this name, expected every column once'],
    ['\ntime,,a\n1,2,3\n', 'row 2: found no name for column 2, expected a name for every column'],
    [
      'time;a\n1;2\n',
      'row 1: found columns with ";" between them, expected columns with commas between them, and points in numbers'
    ],
    [
      'time\ta\n1\t2\n',
      'row 1: found columns with "\\t" between them, expected columns with commas between them, and points in numbers'
    ],
    ['time,a\n0,1\n600\n', 'row 3: found 1 cell, expected 2: time, a'],
    [
      'time,"a b"\n0,1,5\n',
      'row 2: found 3 cells, expected 2: time, "a b" (a cell with a comma in it needs quotes around it)'
    ],
    [
      'time,a\n0,"1\n600,2\n',
      'row 2: found a quote that is never closed, expected a second one at the end of the cell'
    ],
    [
      'time,a\n0,1"2\n',
      'row 2: found a quote inside a cell, expected quotes around the whole cell, and two for each inside'
    ],
    [
      'time,a\n0,"1\n600,""2\n',
      'row 2: found a quote that is never closed, expected a second one at the end of the cell'
    ],
    [
      'time,a\n\n0,"1"\n600,"2\n\n',
      'row 4: found a quote that is never closed, expected a second one at the end of the cell'
    ],
    ['"time', 'row 1: found a quote that is never closed, expected a second one at the end of the cell'],
    ['time,a\n0,"1" 2\n', 'row 2: found more after a closing quote, expected a comma or the end of the line'],
    ['time,a\n0,"1"2\n', 'row 2: found more after a closing quote, expected a comma or the end of the line']
  ])('%j is refused', (text, message) => {
    expect(refusalOf(() => read(text))).toEqual([message])
  })

  test('is never more than refused', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', '1', ',', '"', '\n', '\r', '\t', ' ', ';', '\0', '\uFEFF', '😀')
    })
    fc.assert(
      fc.property(text, (given) => {
        expect(refusalOf(() => read(given)).every((message) => /^(row \d+.*)?: found /s.test(message))).toBe(true)
      }),
      { seed: 2, numRuns: 2000 }
    )
  })
})

describe('rows of JSON', () => {
  test('may leave out columns, and say their index', () => {
    const table = readTable([{ a: 1 }, { b: null, a: 2 }], 'forecast')
    expect(table.columns).toEqual(['a', 'b'])
    expect(table.rows.map(({ cells }) => cells)).toEqual([
      [1, ''],
      [2, '']
    ])
    expect(placeOf(table, 1, 1)).toBe('[1].b')
  })

  test.each([
    [[], ': found an empty list, expected at least one row'],
    [[{ a: 1 }, 3], '[1]: found 3, expected a mapping of columns to values'],
    [{ a: 1 }, ': found a mapping, expected a list of rows'],
    [null, ': found null, expected a list of rows']
  ])('%j are refused', (rows, message) => {
    expect(refusalOf(() => readTable(rows, 'catalogue'))).toEqual([message])
  })
})

describe('an amount', () => {
  test.each([
    ['12', 12],
    ['+1.5e3', 1500],
    ['.5', 0.5],
    ['7.', 7],
    ['-0', 0],
    [3.25, 3.25]
  ])('%j is %d', (cell, value) => {
    expect(readAmount(cell, 'replicas')).toBe(value)
  })

  test('comes back however JavaScript writes it', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e15, noNaN: true }), (value) => {
        expect(readAmount(String(value), 'replicas')).toBe(value + 0)
      }),
      { seed: 3 }
    )
  })

  test.each([
    ['', 'an empty cell', 'a number: money per hour', undefined],
    [
      '1,5',
      '"1,5"',
      'a number such as 1234.5: money per hour',
      'a point before decimals, and nothing between thousands'
    ],
    [
      '1.234,50',
      '"1.234,50"',
      'a number such as 1234.5: money per hour',
      'a point before decimals, and nothing between thousands'
    ],
    [
      "1'000",
      '"1\'000"',
      'a number such as 1234.5: money per hour',
      'a point before decimals, and nothing between thousands'
    ],
    ['12 rps', '"12 rps"', 'a number without a unit: money per hour', undefined],
    ['$3.20', '"$3.20"', 'a number without a unit: money per hour', undefined],
    ['€ 3', '"€ 3"', 'a number without a unit: money per hour', undefined],
    ['50%', '"50%"', 'a number without a unit: money per hour', undefined],
    ['n/a', '"n/a"', 'a number: money per hour', undefined],
    ['NaN', '"NaN"', 'a number: money per hour', undefined],
    ['-Infinity', '"-Infinity"', 'a number: money per hour', undefined],
    ['0x10', '"0x10"', 'a number without a unit: money per hour', undefined],
    ['-3', '-3', 'at least 0: money per hour', undefined],
    ['1e400', '1e400', 'at most 1000000000000000: money per hour', undefined],
    [true, 'true', 'a number: money per hour', undefined],
    [[1], '[1]', 'a number: money per hour', undefined],
    [Number.NaN, 'NaN', 'a number: money per hour', undefined]
  ])('%j is none', (cell, found, expected, hint) => {
    expect(readAmount(cell, 'money per hour')).toEqual({ found, expected, ...(hint === undefined ? {} : { hint }) })
  })
})
