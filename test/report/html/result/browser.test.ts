import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { renderReport } from '../../../../src/report/html/result/render-report.js'
import { anyName } from '../../any-text.js'
import { findFaultyLabels, findViolations, open, openDetails } from '../browser-page.js'
import { CURVE, renamed, sampleReports } from './sample-reports.js'

const reports = await sampleReports()

/** A report whose every name is one that attackers make. */
const hostile = (() => {
  const names = fc.sample(anyName, { seed: 5, numRuns: 40 })
  const given = new Map<string, string>()
  const [problem, result] = renamed((plain) => {
    const name = given.get(plain) ?? `${names[given.size % names.length]?.slice(0, 500)}${given.size}`
    given.set(plain, name)
    return name
  })
  return renderReport(problem, result, { curve: CURVE })
})()

describe.each([...Object.entries(reports), ['hostile names', hostile]])('the report of %s', (_, html) => {
  test.each([
    ['light', 1280],
    ['dark', 360]
  ] as const)('can be read by everybody in %s, %d pixels wide', async (colorScheme, width) => {
    const { tab, faults } = await open(html, { colorScheme, viewport: { width, height: 900 }, bypassCSP: true })
    expect(await findViolations(tab)).toEqual([])
    expect(faults).toEqual([])
    await tab.close()
  })

  test.each([320, 768, 1280])('keeps to %d pixels, and no label lies on another', async (width) => {
    const { tab, faults } = await open(html, { viewport: { width, height: 900 } })
    await openDetails(tab)
    expect(await tab.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    expect(await findFaultyLabels(tab)).toEqual([])
    expect(faults).toEqual([])
    await tab.close()
  })
})

test('before and after are side by side where there is room, and on paper, and one below the other where there is none', async () => {
  for (const [width, media, isBeside] of [
    [1280, 'screen', true],
    [390, 'screen', false],
    [700, 'print', true]
  ] as const) {
    const { tab } = await open(reports.quickstart ?? '', { viewport: { width, height: 900 } })
    await tab.emulateMedia({ media })
    const pairs = await tab.evaluate(() =>
      [...document.querySelectorAll('.pair')].map((pair) => {
        const [before, after] = [...pair.querySelectorAll('svg')].map((svg) => svg.getBoundingClientRect())
        return before !== undefined && after !== undefined && before.top === after.top && before.left < after.left
      })
    )
    expect(pairs).toEqual(pairs.map(() => isBeside))
    await tab.close()
  }
})
