import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Page, renderPage } from '../../../src/report/html/page.js'
import { anyName } from '../any-text.js'
import { anyChart } from '../svg/any-chart.js'
import { findFaultyLabels, findViolations, open, openDetails } from './browser-page.js'
import { makePage } from './sample-page.js'

/** Names and charts as attackers and users make them. */
function makeHostilePage(from = 7): Page {
  const seed = { seed: from, numRuns: 40 }
  const names = fc.sample(anyName, seed)
  const cells = (row: number) => [0, 1, 2].map((column) => names[(row * 3 + column) % names.length] ?? '')
  return {
    title: '</title><script>alert(1)</script>',
    subtitle: names.join(' '),
    tiles: names.slice(0, 6).map((label, index) => ({ label, value: names[index + 6] ?? '', detail: label })),
    sections: [
      {
        heading: '<img src=x onerror=alert(1)>',
        blocks: [
          ...fc
            .sample(anyChart, seed)
            .map((draw, index) => ({ kind: 'figure' as const, draw, caption: names[index] ?? '' })),
          { kind: 'paragraph', text: '\u202e<b>"&amp;\u0000' },
          {
            kind: 'table',
            caption: names[3] ?? '',
            columns: cells(0).map((heading) => ({ heading })),
            rows: names.map((_, row) => cells(row))
          },
          { kind: 'notes', notes: names }
        ]
      }
    ],
    generatedFrom: names.map((name) => [name, name] as const),
    data: { name: '"><script>alert(1)</script>', value: names }
  }
}

test('loads nothing, runs nothing and complains of nothing, also when printed', async () => {
  for (const page of [makePage(), makeHostilePage()]) {
    const { tab, faults } = await open(renderPage(page))
    await tab.emulateMedia({ media: 'print' })
    expect(await tab.evaluate(() => document.querySelectorAll('script, img, iframe, foreignObject').length)).toBe(0)
    expect(faults).toEqual([])
    await tab.close()
  }
})

describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
  test.each([360, 1280])('can be read by everybody, %d pixels wide', async (width) => {
    const { tab } = await open(renderPage(makePage(144)), {
      colorScheme,
      viewport: { width, height: 900 },
      bypassCSP: true
    })
    expect(await findViolations(tab)).toEqual([])
    await tab.close()
  })

  test('lines stand out from the page', async () => {
    const { tab } = await open(renderPage(makePage(12)), { colorScheme })
    const colours = await tab.evaluate(() => {
      const style = getComputedStyle(document.documentElement)
      const names = ['--page', ...[1, 2, 3, 4, 5, 6, 7, 8].map((series) => `--series-${series}`)]
      return names.map((name) => style.getPropertyValue(name).trim())
    })
    const [background = '', ...series] = colours
    expect(new Set(series).size).toBe(8)
    for (const colour of series) expect(contrast(colour, background)).toBeGreaterThanOrEqual(3)
    await tab.close()
  })
})

test.each([320, 360, 768, 1600])('does not overflow %d pixels, and shows each picture once', async (width) => {
  for (const page of [makePage(144), makeHostilePage()]) {
    const { tab } = await open(renderPage(page), { viewport: { width, height: 800 } })
    await openDetails(tab)
    expect(await tab.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    const shown = await tab.evaluate(() =>
      [...document.querySelectorAll('figure')].map(
        (figure) => [...figure.querySelectorAll('svg')].filter((svg) => svg.getBoundingClientRect().width > 0).length
      )
    )
    expect(new Set(shown)).toEqual(new Set([1]))
    await tab.close()
  }
})

test.each([360, 1280])('labels lie within their pictures, and none on another, %d pixels wide', async (width) => {
  for (const page of [makePage(), makeHostilePage()]) {
    const { tab } = await open(renderPage(page), { viewport: { width, height: 900 } })
    expect(await findFaultyLabels(tab)).toEqual([])
    await tab.close()
  }
})

test('is light on paper, with wide pictures that no sheet cuts', async () => {
  const { tab } = await open(renderPage(makePage(144)), { colorScheme: 'dark', viewport: { width: 688, height: 1000 } })
  await tab.emulateMedia({ media: 'print', colorScheme: 'dark' })
  const { background, figures } = await tab.evaluate(() => ({
    background: getComputedStyle(document.documentElement).getPropertyValue('--page').trim(),
    figures: [...document.querySelectorAll('figure')].map((figure) => ({
      isWide: (figure.querySelector('.wide svg')?.getBoundingClientRect().width ?? 0) > 600,
      breaks: getComputedStyle(figure).breakInside
    }))
  }))
  expect(background).toBe('#ffffff')
  expect(figures).toEqual(figures.map(() => ({ isWide: true, breaks: 'avoid' })))
  expect((await tab.pdf({ format: 'A4' })).subarray(0, 5).toString()).toBe('%PDF-')
  await tab.close()
})

test('the data can be saved', async () => {
  const page = makePage(12)
  const { tab } = await open(renderPage(page))
  const [download] = await Promise.all([tab.waitForEvent('download'), tab.click('footer a')])
  const saved = await download.path()
  expect(download.suggestedFilename()).toBe('assistants.capacity.json')
  expect(JSON.parse(readFileSync(saved, 'utf8'))).toEqual(page.data?.value)
  await tab.close()
})

/** The ratio of WCAG 2. */
function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((left, right) => right - left)
  return (light + 0.05) / (dark + 0.05)
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const part = Number.parseInt(colour.slice(start, start + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
