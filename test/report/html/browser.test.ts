import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import fc from 'fast-check'
import { type Browser, chromium, type Page as Tab } from 'playwright'
import { afterAll, describe, expect, test } from 'vitest'
import { type Page, renderPage } from '../../../src/report/html/page.js'
import { chromiumArgs } from '../../chromium-args.js'
import { needTool } from '../../needed-tools.js'
import { makeFolder } from '../../scratch-folder.js'
import { anyName } from '../any-text.js'
import { anyChart } from '../svg/any-chart.js'
import { makePage } from './sample-page.js'

const executablePath = needTool('chromium')
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let browser: Browser | undefined
afterAll(async () => browser?.close())

/** The page as a file in a browser, and all that it complains of or asks for. */
async function open(
  page: Page,
  options: Parameters<Browser['newPage']>[0] = {}
): Promise<{ tab: Tab; faults: string[] }> {
  browser ??= await chromium.launch({ executablePath, args: chromiumArgs })
  const file = join(makeFolder(), 'page.html')
  writeFileSync(file, renderPage(page))
  const address = pathToFileURL(file).href
  const tab = await browser.newPage(options)
  const faults: string[] = []
  tab.on('console', (message) => faults.push(message.text()))
  tab.on('pageerror', (error) => faults.push(String(error)))
  tab.on('dialog', (dialog) => faults.push(dialog.message()))
  tab.on('request', (request) => {
    if (request.url() !== address) faults.push(request.url())
  })
  await tab.goto(address)
  return { tab, faults }
}

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

/** Labels that leave their picture, and those that cover each other. */
function findFaultyLabels(tab: Tab): Promise<string[]> {
  return tab.evaluate(() =>
    [...document.querySelectorAll('svg')].flatMap((svg) => {
      const picture = svg.getBoundingClientRect()
      if (picture.width === 0) return []
      // The boxes of slanted ones are larger than they are.
      const labels = [...svg.querySelectorAll('text:not([transform])')]
        .map((text) => ({ words: text.firstChild?.textContent?.trim() ?? '', box: text.getBoundingClientRect() }))
        .filter(({ words }) => words !== '')
      const outside = labels.filter(
        ({ box }) =>
          box.left < picture.left - 1 ||
          box.right > picture.right + 1 ||
          box.top < picture.top - 1 ||
          box.bottom > picture.bottom + 1
      )
      const covered = labels.flatMap((one, index) =>
        labels.slice(index + 1).flatMap((other) => {
          const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left)
          // Boxes are as high as a line, letters are less.
          const upright = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top)
          return across > 1 && upright > 4 ? [`${svg.ariaLabel ?? svg.id}: ${one.words} on ${other.words}`] : []
        })
      )
      return [...outside.map(({ words }) => `${words} is cut`), ...covered]
    })
  )
}

test('loads nothing, runs nothing and complains of nothing, also when printed', async () => {
  for (const page of [makePage(), makeHostilePage()]) {
    const { tab, faults } = await open(page)
    await tab.emulateMedia({ media: 'print' })
    expect(await tab.evaluate(() => document.querySelectorAll('script, img, iframe, foreignObject').length)).toBe(0)
    expect(faults).toEqual([])
    await tab.close()
  }
})

describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
  test.each([360, 1280])('can be read by everybody, %d pixels wide', async (width) => {
    const { tab } = await open(makePage(144), { colorScheme, viewport: { width, height: 900 }, bypassCSP: true })
    await tab.evaluate(() => {
      for (const details of document.querySelectorAll('details')) details.open = true
    })
    await tab.evaluate(axe)
    const violations = await tab.evaluate(async () => {
      const { axe } = globalThis as unknown as typeof import('axe-core') & { axe: typeof import('axe-core') }
      const results = await axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] })
      return results.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).slice(0, 3)}`)
    })
    expect(violations).toEqual([])
    await tab.close()
  })

  test('lines stand out from the page', async () => {
    const { tab } = await open(makePage(12), { colorScheme })
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
    const { tab } = await open(page, { viewport: { width, height: 800 } })
    await tab.evaluate(() => {
      for (const details of document.querySelectorAll('details')) details.open = true
    })
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
    const { tab } = await open(page, { viewport: { width, height: 900 } })
    expect(await findFaultyLabels(tab)).toEqual([])
    await tab.close()
  }
})

test('is light on paper, with wide pictures that no sheet cuts', async () => {
  const { tab } = await open(makePage(144), { colorScheme: 'dark', viewport: { width: 688, height: 1000 } })
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
  const { tab } = await open(page)
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
