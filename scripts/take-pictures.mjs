/**
 * `npm run pictures` takes the pictures of the README, in Chromium (the CHROMIUM of the environment, else `chromium` on the path): docs/page.png, the
 * built page in the middle of a migration, and docs/report.png, the report on the cluster of 120 nodes.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { chromium } from 'playwright'
import { preview } from 'vite'

const WIDTH = 1280
const REPORT_WIDTH = 900
const MARGIN = 24
/** How far the migration is when its picture is taken. */
const PLAYED = 0.55

/** @type {(path: string) => string} */
const inRoot = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url))
const executablePath =
  process.env.CHROMIUM ?? execFileSync('sh', ['-c', 'command -v chromium'], { encoding: 'utf8' }).trim()
const folder = mkdtempSync(join(tmpdir(), 'pictures-'))
const server = await preview({ root: inRoot('src/page'), configFile: inRoot('src/page/vite.config.ts') })
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
try {
  await takePage(server.resolvedUrls?.local[0] ?? '')
  await takeReport()
} finally {
  await browser.close()
  await server.close()
  rmSync(folder, { recursive: true })
}

/** @type {(address: string) => Promise<void>} */
async function takePage(address) {
  const tab = await browser.newPage({ viewport: { width: WIDTH, height: 1240 } })
  await tab.goto(address)
  await tab.locator('.example', { has: tab.getByText('Production, small', { exact: true }) }).click()
  await tab.locator('.tiles').waitFor({ timeout: 60_000 })
  await tab.locator('.progress').waitFor({ state: 'detached', timeout: 60_000 })
  const place = tab.getByRole('slider', { name: /step/i })
  const steps = Number(await place.getAttribute('max'))
  await place.fill(String(Math.round(steps * PLAYED)))
  await tab.waitForTimeout(1000)
  await tab.mouse.move(0, 0)
  await tab.evaluate(() => scrollTo(0, 0))
  await tab.screenshot({ path: inRoot('docs/page.png') })
  await tab.close()
}

/** How far from the top of a page a text begins. @type {(tab: import('playwright').Page, text: string, selector: string) => Promise<number>} */
async function edgeOf(tab, text, selector) {
  const box = await tab.locator(selector, { hasText: text }).first().boundingBox()
  if (box === null) throw new Error(`found no ${selector} that says "${text}", expected one in the page`)
  return Math.round(box.y)
}

async function takeReport() {
  const page = join(folder, 'report.html')
  const problem = inRoot('fixtures/openb/openb-slice-120.problem.json')
  const command = inRoot('dist/src/cli/main.js')
  execFileSync(process.execPath, [command, 'plan', problem, '--quiet', '--time-limit', '20', '--html', page])
  const tab = await browser.newPage({ viewport: { width: REPORT_WIDTH, height: 1600 } })
  await tab.goto(pathToFileURL(page).href)
  const top = await edgeOf(tab, 'Before and after', 'h2')
  const bottom = await edgeOf(tab, 'How much is used of what is paid for', '.wide text')
  const clip = { x: 0, y: top - MARGIN, width: REPORT_WIDTH, height: bottom - top }
  await tab.screenshot({ path: inRoot('docs/report.png'), clip, fullPage: true })
  await tab.close()
}
