import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyName } from '../../any-text.js'
import { findFaultyLabels, findViolations, open, openDetails } from '../browser-page.js'
import { samplePages } from './sample-pages.js'

const pages = samplePages()

/** A name as attackers make them for each plain one, the same for the same. */
const hostile = (() => {
  const names = fc.sample(anyName, { seed: 11, numRuns: 60 })
  const given = new Map<string, string>()
  return samplePages((plain) => {
    const name = given.get(plain) ?? `${names[given.size % names.length]}${given.size}`
    given.set(plain, name)
    return name
  })
})()

describe.each(Object.keys(pages))('the page of %s', (kind) => {
  const both = [pages[kind] ?? '', hostile[kind] ?? '']

  test.each([
    ['light', 1280],
    ['dark', 360]
  ] as const)('can be read by everybody in %s, %d pixels wide', async (colorScheme, width) => {
    const { tab, faults } = await open(both[0] ?? '', {
      colorScheme,
      viewport: { width, height: 900 },
      bypassCSP: true
    })
    expect(await findViolations(tab)).toEqual([])
    expect(faults).toEqual([])
    await tab.close()
  })

  test.each([320, 1280])('keeps to %d pixels, loads and runs nothing, whatever the names', async (width) => {
    for (const html of both) {
      const { tab, faults } = await open(html, { viewport: { width, height: 900 } })
      await openDetails(tab)
      expect(await tab.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
      expect(await tab.evaluate(() => document.querySelectorAll('script, img, iframe, foreignObject').length)).toBe(0)
      expect(await findFaultyLabels(tab)).toEqual([])
      expect(faults).toEqual([])
      await tab.close()
    }
  })
})
