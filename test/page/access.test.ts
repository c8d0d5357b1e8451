import { describe, expect, test } from 'vitest'
import { findViolationsNow } from '../report/html/browser-page.js'
import { needBuiltPage } from './built-page.js'
import { drop, needVisitor, openExample, waitForPlan } from './visitor.js'

const visit = needVisitor(needBuiltPage())

describe.each(['light', 'dark'] as const)('in %s, axe finds nothing wrong', (colorScheme) => {
  test('with any state of the page', async () => {
    const { tab } = await visit({ colorScheme, reducedMotion: 'reduce' })
    expect(await findViolationsNow(tab)).toEqual([])

    await tab.getByText('Paste a text').click()
    await drop(tab, [{ name: 'bad.json', text: '{"schemaVersion": 2, "nodes": 3}' }])
    await tab.getByRole('alert').waitFor()
    expect(await findViolationsNow(tab)).toEqual([])

    await openExample(tab, 'Production')
    await expect.poll(() => tab.locator('.trail svg').count(), { timeout: 10_000 }).toBe(1)
    expect(await findViolationsNow(tab)).toEqual([])

    // On a busy machine planning may have ended by itself while the page was looked at.
    await tab
      .getByRole('button', { name: 'Stop and keep the best' })
      .click({ timeout: 3000 })
      .catch(() => undefined)
    await waitForPlan(tab)
    await tab.getByText('Deployments that stay').click()
    await tab.getByText('How it was found').click()
    expect(await findViolationsNow(tab)).toEqual([])

    await tab.getByRole('button', { name: 'First' }).click()
    await tab.getByRole('button', { name: 'Step forward' }).click()
    await tab.locator('button.node').first().click()
    await tab.locator('.residents').waitFor()
    expect(await findViolationsNow(tab)).toEqual([])

    await tab.getByRole('button', { name: 'Open another…' }).click()
    expect(await findViolationsNow(tab)).toEqual([])
    await openExample(tab, 'Production, large')
    await expect.poll(() => tab.locator('.cells button.node').count(), { timeout: 10_000 }).toBe(399)
    expect(await findViolationsNow(tab)).toEqual([])
  })
})

test('everything is reached by keyboard, and focus goes where something new is', async () => {
  const { tab } = await visit({ reducedMotion: 'reduce' })
  const focused = () =>
    tab.evaluate(() => {
      const element = document.activeElement as HTMLElement
      return element.ariaLabel ?? element.innerText.split('\n')[0]
    })
  const tabTo = async (name: RegExp) => {
    for (let presses = 0; presses < 60; presses++) {
      await tab.keyboard.press('Tab')
      if (name.test((await focused()) ?? '')) return
    }
    throw new Error(`nothing with the name ${name} was reached`)
  }
  await tab.keyboard.press('Tab')
  await expect.poll(focused).toBe('Skip to the content')
  await tabTo(/^Quickstart/)
  await tab.keyboard.press('Enter')
  await expect.poll(focused).toBe('quickstart')
  await waitForPlan(tab)

  await tabTo(/^First/)
  await tab.keyboard.press('Enter')
  await expect.poll(() => tab.locator('.moment').innerText()).toMatch(/Step\s+0 of/)
  await tabTo(/^Step forward/)
  await tab.keyboard.press(' ')
  await expect.poll(() => tab.locator('.moment').innerText()).toMatch(/Step\s+1 of/)

  await tabTo(/^large-1$/)
  await tab.keyboard.press('ArrowRight')
  await expect.poll(focused).toMatch(/^large-2$/)
  await tab.keyboard.press('End')
  await expect.poll(focused).toMatch(/^cpu-2$/)
  await tab.keyboard.press('ArrowUp')
  await expect.poll(focused).not.toMatch(/^cpu-/)
  await tab.keyboard.press('Home')
  await expect.poll(focused).toMatch(/^large-1$/)
  await tab.keyboard.press('Enter')
  // The heading is called like the button that had the focus.
  await expect.poll(() => tab.locator('.details :focus').count()).toBe(1)
  expect(await focused()).toBe('large-1')
  await tab.keyboard.press('Escape')
  await expect.poll(() => tab.locator('.details').count()).toBe(0)
  await expect.poll(focused).toMatch(/^large-1$/)
})

test.each([320, 390, 820, 2560])('nothing is cut off at a width of %i pixels', async (width) => {
  const { tab } = await visit({ viewport: { width, height: 900 } })
  const overflow = () => tab.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  expect(await overflow()).toBeLessThanOrEqual(0)
  await openExample(tab, 'Quickstart')
  await waitForPlan(tab)
  expect(await overflow()).toBeLessThanOrEqual(0)
  await tab.locator('button.node').first().click()
  await tab.locator('.residents').waitFor()
  expect(await overflow()).toBeLessThanOrEqual(0)
})
