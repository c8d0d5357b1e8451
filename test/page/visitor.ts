import { type Browser, type BrowserContextOptions, chromium, type Page as Tab } from 'playwright'
import { afterAll, onTestFinished } from 'vitest'
import { headers } from '../../src/page/headers.js'
import { serve } from '../bundlers/static-server.js'
import { chromiumArgs } from '../chromium-args.js'
import { needTool } from '../needed-tools.js'

/** A visit of the page. */
export interface Visit {
  readonly tab: Tab
  readonly address: string
  /** What the page and its workers complained of. */
  readonly faults: readonly string[]
  /** Addresses of all that the page and its workers asked for. */
  readonly requests: readonly string[]
}

interface VisitOptions extends BrowserContextOptions {
  /** Whether the server isolates the page from other origins. */
  readonly isIsolated?: boolean
}

/** Makes every test of this suite need Chromium, and returns who visits the page that lies in a folder. */
export function needVisitor(folder: string): (options?: VisitOptions) => Promise<Visit> {
  const executablePath = needTool('chromium')
  let browser: Promise<Browser> | undefined
  afterAll(async () => (await browser)?.close())
  return async ({ isIsolated = true, ...options } = {}) => {
    browser ??= chromium.launch({ executablePath, args: chromiumArgs })
    const address = await serve(folder, isIsolated ? headers : {})
    const context = await (await browser).newContext({ viewport: { width: 1280, height: 900 }, ...options })
    onTestFinished(() => context.close())
    const tab = await context.newPage()
    const faults: string[] = []
    const requests: string[] = []
    tab.on('console', (message) => {
      if (['warning', 'error'].includes(message.type())) faults.push(message.text())
    })
    tab.on('pageerror', (error) => faults.push(String(error)))
    // Those of workers are told to the context only.
    context.on('request', (request) => requests.push(request.url()))
    await tab.goto(address)
    return { tab, address, faults, requests }
  }
}

/** Opens an example by its title. */
export async function openExample(tab: Tab, title: string): Promise<void> {
  await tab.locator('.example', { has: tab.getByText(title, { exact: true }) }).click()
}

/** Waits for a plan with nothing under way. */
export async function waitForPlan(tab: Tab): Promise<void> {
  await tab.locator('.tiles').waitFor({ timeout: 40_000 })
  await tab.locator('.progress').waitFor({ state: 'detached', timeout: 40_000 })
}

/** The value of a tile, by its label. */
export function tile(tab: Tab, label: string): Promise<string> {
  return tab
    .locator('.tile', { has: tab.getByText(label, { exact: true }) })
    .locator('.value')
    .innerText()
}

/** A file as it is dropped on the page. */
export interface DroppedFile {
  readonly name: string
  readonly text: string
}

/** Drops files on the page. */
export async function drop(tab: Tab, files: readonly DroppedFile[]): Promise<void> {
  const transfer = await tab.evaluateHandle((list) => {
    const held = new DataTransfer()
    for (const { name, text } of list) held.items.add(new File([text], name))
    return held
  }, files)
  for (const kind of ['dragenter', 'dragover', 'drop']) {
    await tab.dispatchEvent('main', kind, { dataTransfer: transfer })
  }
}
