import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { renderPage } from '../../../benchmarks/page/page.mjs'
import { chromiumArgs } from '../../chromium-args.js'
import { needTool } from '../../needed-tools.js'
import { makeFolder } from '../../scratch-folder.js'
import { makeReport } from './sample-report.js'

const executablePath = needTool('chromium')
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
/** Of A4, without the margins that the page asks for, in pixels. */
const paper = { width: Math.round((182 / 25.4) * 96), height: Math.round((265 / 25.4) * 96) }

let browser: Browser | undefined
let address: string

beforeAll(() => {
  const file = join(makeFolder(), 'bench.html')
  writeFileSync(file, renderPage(makeReport()))
  address = pathToFileURL(file).href
})
afterAll(async () => browser?.close())

/** The page, opened where nothing but itself can be loaded, and all that it complains of or asks for. */
async function open(options: Parameters<Browser['newPage']>[0] = {}): Promise<{ page: Page; faults: string[] }> {
  browser ??= await chromium.launch({ executablePath, args: chromiumArgs })
  const page = await browser.newPage(options)
  const faults: string[] = []
  page.on('console', (message) => faults.push(message.text()))
  page.on('pageerror', (error) => faults.push(String(error)))
  page.on('dialog', (dialog) => faults.push(dialog.message()))
  await page.route('**/*', (route) => {
    if (route.request().url() === address) return route.continue()
    faults.push(route.request().url())
    return route.abort()
  })
  await page.goto(address)
  return { page, faults }
}

test('loads nothing, asks for nothing and complains of nothing', async () => {
  const { page, faults } = await open()
  await page.emulateMedia({ media: 'print' })
  expect(await page.title()).toContain('replica-compactor')
  expect(faults).toEqual([])
  await page.close()
})

describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
  test('can be read by everybody', async () => {
    const { page } = await open({ colorScheme, bypassCSP: true })
    // Data that are closed are read, too.
    await page.evaluate(() => {
      for (const details of document.querySelectorAll('#growth details, .results details:nth-of-type(5)')) {
        details.setAttribute('open', '')
      }
    })
    await page.evaluate(axe)
    const violations = await page.evaluate(async () => {
      const { axe } = globalThis as unknown as typeof import('axe-core') & { axe: typeof import('axe-core') }
      const results = await axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] })
      return results.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).slice(0, 3)}`)
    })
    expect(violations).toEqual([])
    await page.close()
  }, 120_000)

  test('has lines that stand out from the page', async () => {
    const { page } = await open({ colorScheme })
    const colours = await page.evaluate(() => {
      const style = getComputedStyle(document.documentElement)
      const names = ['--page', ...[1, 2, 3, 4, 5, 6, 7, 8].map((series) => `--series-${series}`)]
      return names.map((name) => style.getPropertyValue(name).trim())
    })
    const [background = '', ...series] = colours
    expect(new Set(series).size).toBe(8)
    for (const colour of series) expect(contrast(colour, background)).toBeGreaterThanOrEqual(3)
    expect(contrast(background, colorScheme === 'dark' ? '#000000' : '#ffffff')).toBeLessThan(1.3)
    await page.close()
  })
})

test.each([320, 360, 768, 1280])('does not overflow %d pixels', async (width) => {
  const { page } = await open({ viewport: { width, height: 800 } })
  await page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true
  })
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
  await page.close()
})

test('labels lie within their pictures, and none on another', async () => {
  const { page } = await open({ viewport: { width: 1280, height: 900 } })
  const faults = await page.evaluate(() =>
    [...document.querySelectorAll('figure')].flatMap((figure) => {
      const picture = figure.querySelector('svg')?.getBoundingClientRect() ?? new DOMRect()
      const labels = [...figure.querySelectorAll('svg text')]
        .filter(({ textContent }) => textContent !== '')
        .map((text) => ({ words: text.textContent, box: text.getBoundingClientRect() }))
      const outside = labels.filter(({ box }) => box.left < picture.left - 1 || box.right > picture.right + 1)
      const covered = labels.flatMap((one, index) =>
        labels.slice(index + 1).flatMap((other) => {
          const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left)
          // Boxes are as high as a line, letters are less.
          const upright = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top)
          return across > 1 && upright > 4 ? [`${figure.id}: ${one.words} on ${other.words}`] : []
        })
      )
      return [...outside.map(({ words }) => `${figure.id}: ${words} is cut`), ...covered]
    })
  )
  expect(faults).toEqual([])
  await page.close()
})

describe('on paper', () => {
  test('is light, with all pictures, none higher than a sheet', async () => {
    const { page } = await open({ colorScheme: 'dark', viewport: paper })
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
    const { background, figures } = await page.evaluate(() => ({
      background: getComputedStyle(document.body).backgroundColor,
      figures: [...document.querySelectorAll('figure')].map((figure) => ({
        id: figure.id,
        height: figure.getBoundingClientRect().height,
        picture: figure.querySelector('svg')?.getBoundingClientRect().height ?? 0,
        breaks: getComputedStyle(figure).breakInside
      }))
    }))
    expect(background).toBe('rgb(255, 255, 255)')
    expect(figures).toHaveLength(9)
    for (const { id, height, picture, breaks } of figures) {
      expect({ id, isSeen: picture > 100, fits: height <= paper.height, breaks }).toEqual({
        ...{ id, isSeen: true, fits: true, breaks: 'avoid' }
      })
    }
    await page.close()
  })

  test('becomes a PDF of several sheets', async () => {
    const { page } = await open()
    const pdf = await page.pdf({ format: 'A4' })
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
    const sheets = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g) ?? []
    expect(sheets.length).toBeGreaterThan(5)
    await page.close()
  })
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
