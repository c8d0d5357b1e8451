import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, chromium, type Page as Tab } from 'playwright'
import { afterAll } from 'vitest'
import { chromiumArgs } from '../../chromium-args.js'
import { needTool } from '../../needed-tools.js'
import { makeFolder } from '../../scratch-folder.js'

const executablePath = needTool('chromium')
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let browser: Browser | undefined
afterAll(async () => browser?.close())

/** A page as a file in a browser, and all that it complains of or asks for. */
export async function open(
  html: string,
  options: Parameters<Browser['newPage']>[0] = {}
): Promise<{ tab: Tab; faults: string[] }> {
  browser ??= await chromium.launch({ executablePath, args: chromiumArgs })
  const file = join(makeFolder(), 'page.html')
  writeFileSync(file, html)
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

/** Opens all that is closed until it is asked for. */
export async function openDetails(tab: Tab): Promise<void> {
  await tab.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true
  })
}

/** What axe finds wrong with all of the page. */
export async function findViolations(tab: Tab): Promise<string[]> {
  await openDetails(tab)
  return findViolationsNow(tab)
}

/** What axe finds wrong with the page as it is. */
export async function findViolationsNow(tab: Tab): Promise<string[]> {
  await tab.evaluate(axe)
  return tab.evaluate(async () => {
    const { axe } = globalThis as unknown as typeof import('axe-core') & { axe: typeof import('axe-core') }
    const results = await axe.run({
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
    })
    return results.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).slice(0, 3)}`)
  })
}

/** Labels that leave their picture, and those that cover each other. */
export function findFaultyLabels(tab: Tab): Promise<string[]> {
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
