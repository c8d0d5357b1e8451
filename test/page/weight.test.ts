import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { contentSecurityPolicy } from '../../src/page/headers.js'
import { marksIn } from '../bundlers/marks.js'
import { type Files, readFiles } from '../bundlers/output.js'
import { needBuiltPage } from './built-page.js'
import { needVisitor } from './visitor.js'

const folder = needBuiltPage()

const gzipped = (files: Files) => [...files.values()].reduce((sum, content) => sum + gzipSync(content).length, 0)

describe('what is built', () => {
  test('has no GPL code, and nothing of the command', () => {
    expect(marksIn(readFiles(folder))).toEqual(['highs', 'javascript-lp-solver', 'yaml'])
  })

  test('allows no scripts, styles or connections but its own', () => {
    const html = readFiles(folder).get(join(folder, 'index.html'))?.toString() ?? ''
    expect(html).toMatch(/<head>\s*<meta http-equiv="Content-Security-Policy"/)
    const addresses = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, url]) => url)
    expect(addresses.length).toBeGreaterThan(2)
    expect(addresses.filter((url) => !/^(\.\/assets\/|data:image\/)/.test(url ?? ''))).toEqual([])
  })
})

describe('the first view', () => {
  const visit = needVisitor(folder)

  test('loads less than 300 kB, compressed, no solver, and under its policy', async () => {
    const { tab, address, requests } = await visit()
    await tab.getByRole('heading', { level: 1 }).waitFor()
    await tab.waitForLoadState('networkidle')
    expect(await tab.locator('meta[http-equiv]').getAttribute('content')).toBe(contentSecurityPolicy)
    const paths = new Set(
      requests
        .filter((url) => url.startsWith(address))
        .map((url) => new URL(url).pathname.replace(/^\/$/, '/index.html'))
    )
    const loaded = new Map([...readFiles(folder)].filter(([path]) => paths.has(path.slice(folder.length))))
    expect(loaded.size).toBe(paths.size)
    expect(gzipped(loaded)).toBeLessThan(300_000)
    expect(marksIn(loaded)).toEqual([])
  })
})
