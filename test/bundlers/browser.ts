import { type Browser, chromium } from 'playwright'
import { afterAll } from 'vitest'
import { chromiumArgs } from '../chromium-args.js'
import { needTool } from '../needed-tools.js'

/** What became of a page. */
export interface Visit {
  /** What the consumer wrote down, or null when it did not within 50 seconds. */
  readonly answer: unknown
  readonly isIsolated: boolean
  /** Addresses of the workers that the page started. */
  readonly workers: readonly string[]
  /** Warnings and errors on its console and on those of its workers, exceptions, and answers that are no success. */
  readonly faults: readonly string[]
  /** Addresses of all that the page and its workers asked for. */
  readonly requests: readonly string[]
}

/** Makes every test of this suite need Chromium, and returns who visits pages with it. */
export function needBrowser(): (address: string) => Promise<Visit> {
  const executablePath = needTool('chromium')
  let browser: Promise<Browser> | undefined
  afterAll(async () => (await browser)?.close())
  return async (address) => {
    browser ??= chromium.launch({ executablePath, args: chromiumArgs })
    return await visit(await browser, address)
  }
}

async function visit(browser: Browser, address: string): Promise<Visit> {
  const page = await browser.newPage()
  const workers: string[] = []
  const faults: string[] = []
  const requests: string[] = []
  page.on('worker', (worker) => workers.push(worker.url()))
  page.on('console', (message) => {
    if (['warning', 'error'].includes(message.type())) faults.push(message.text())
  })
  page.on('pageerror', (error) => faults.push(String(error)))
  page.on('response', (response) => {
    if (!response.ok()) faults.push(`${response.status()} ${response.url()}`)
  })
  page.on('request', (request) => requests.push(request.url()))
  try {
    await page.goto(address)
    const written = await page.textContent('output:not(:empty)', { timeout: 50_000 }).catch(() => null)
    const answer: unknown = JSON.parse(written ?? 'null')
    const isIsolated = await page.evaluate(() => globalThis.crossOriginIsolated)
    return { answer, isIsolated, workers, faults, requests }
  } finally {
    await page.close()
  }
}
