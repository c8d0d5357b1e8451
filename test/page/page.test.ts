import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseResult } from '../../models/contract/parse.js'
import { verifyResult } from '../../models/verify.js'
import { root } from '../package/packed.js'
import { needBuiltPage } from './built-page.js'
import { drop, needVisitor, openExample, tile, waitForPlan } from './visitor.js'

const visit = needVisitor(needBuiltPage())
const fixture = (path: string) => readFileSync(join(root, 'fixtures', path), 'utf8')

const money = (text: string) => Number(text.replaceAll(',', ''))

describe('planning', () => {
  test('plans a cluster of 120 nodes, tells how it goes, and asks nobody else', async () => {
    const { tab, address, faults, requests } = await visit()
    await openExample(tab, 'Production')
    await tab.getByRole('heading', { name: 'Planning' }).waitFor()
    const best = tab.locator('.figures div', { hasText: 'Best so far' }).locator('dd')
    await expect.poll(() => best.innerText(), { timeout: 8000 }).toMatch(/^\d/)
    await expect.poll(() => tab.locator('.trail svg').count()).toBe(1)
    await waitForPlan(tab)
    expect(money(await tile(tab, 'Cost an hour'))).toBeLessThan(600)
    expect(await tile(tab, 'The checker')).toBe('valid')
    // They are drawn in parts.
    await expect.poll(() => tab.locator('button.node.released').count(), { timeout: 8000 }).toBeGreaterThan(60)
    expect(faults).toEqual([])
    expect(requests.length).toBeGreaterThan(5)
    expect(requests.filter((url) => !url.startsWith(address) && !/^(data|blob):/.test(url))).toEqual([])
  })

  test('is stopped midway, and keeps the best plan by then', async () => {
    const { tab, faults } = await visit()
    await openExample(tab, 'Production')
    const best = tab.locator('.figures div', { hasText: 'Best so far' }).locator('dd')
    await expect.poll(() => best.innerText(), { timeout: 8000 }).toMatch(/^\d/)
    const begin = performance.now()
    await tab.getByRole('button', { name: 'Stop and keep the best' }).click()
    await waitForPlan(tab)
    expect(performance.now() - begin).toBeLessThan(8000)
    await tab.getByText('How it was found').click()
    expect(await tab.locator('.search').innerText()).toContain('interrupted')
    expect(await tile(tab, 'The checker')).toBe('valid')
    expect(faults).toEqual([])
  })

  test.each([
    ['isolated from other origins', true],
    ['not isolated', false]
  ])('works in a page %s, and says which it is', async (_, isIsolated) => {
    const { tab, faults } = await visit({ isIsolated })
    expect(await tab.evaluate(() => globalThis.crossOriginIsolated)).toBe(isIsolated)
    await openExample(tab, 'Quickstart')
    await waitForPlan(tab)
    expect(await tile(tab, 'Cost an hour')).toBe('16.98')
    const mode = await tab.getByRole('contentinfo').innerText()
    expect(mode).toMatch(isIsolated ? /is isolated from other origins/ : /is not isolated/)
    expect(mode).toContain('Nothing is sent anywhere')
    expect(faults).toEqual([])
  })

  test('plans again when a limit, a pin or a decision changes', async () => {
    const { tab, faults } = await visit()
    await openExample(tab, 'Quickstart')
    await waitForPlan(tab)
    const free = money(await tile(tab, 'Cost an hour'))

    const slider = tab.getByLabel('Migrations', { exact: true })
    await slider.fill('2')
    await expect.poll(() => tile(tab, 'Migrations').then(Number), { timeout: 20_000 }).toBeLessThanOrEqual(2)
    await waitForPlan(tab)
    expect(money(await tile(tab, 'Cost an hour'))).toBeGreaterThan(free)

    await slider.fill(await slider.getAttribute('max').then(String))
    await expect.poll(() => tile(tab, 'Cost an hour'), { timeout: 20_000 }).toBe('16.98')
    await waitForPlan(tab)

    const choice = tab.locator('.moves tbody tr').first().getByRole('combobox')
    const moved = (await choice.getAttribute('aria-label'))?.replace('Decision on ', '') ?? ''
    await choice.selectOption('pin')
    await tab.locator('.chips', { hasText: `${moved} stays where it is` }).waitFor()
    expect(await tab.locator('.moves tbody th').allInnerTexts()).not.toContainEqual(expect.stringContaining(moved))
    expect(await tile(tab, 'The checker')).toBe('valid')

    await tab.getByRole('button', { name: `Take back: ${moved} stays where it is` }).click()
    await expect.poll(() => tab.locator('.chips').count(), { timeout: 10_000 }).toBe(0)

    await tab.getByRole('button', { name: /^cpu-1 / }).click()
    await tab.getByRole('checkbox', { name: 'must be empty in the end' }).check()
    const node = tab.getByRole('button', { name: /^cpu-1 / })
    await expect.poll(() => node.innerText(), { timeout: 20_000 }).toContain('empty')
    expect(faults).toEqual([])
  })

  test('says what cannot hold together, and keeps the plan of before', async () => {
    const { tab } = await visit()
    await openExample(tab, 'Deadlock')
    await waitForPlan(tab)
    const before = await tile(tab, 'Cost an hour')
    for (const node of ['n', 'm', 'x']) {
      await tab.getByRole('button', { name: new RegExp(`^${node} `) }).click()
      await tab.getByRole('checkbox', { name: 'must be empty in the end' }).check()
    }
    await tab.getByRole('alert').waitFor({ timeout: 20_000 })
    expect(await tab.getByRole('alert').innerText()).toMatch(/^Infeasible/)
    expect(await tile(tab, 'Cost an hour')).toBe(before)
  })
})

describe('questions', () => {
  test('what would free a node is answered with a price, and asked anew of another plan', async () => {
    const { tab, faults } = await visit()
    await openExample(tab, 'Quickstart')
    await waitForPlan(tab)
    await tab.getByRole('button', { name: /^small-2 / }).click()
    const details = tab.locator('.details')
    const question = details.getByRole('button', { name: 'What would free it?' })
    await question.click()
    await details.getByText('Single changes that free it, the best first').waitFor({ timeout: 20_000 })
    expect(await details.locator('.inquiry li').first().innerText()).toMatch(/more gpu on "large-2"[\s\S]*saves 0\.80/)
    await tab.getByLabel('Migrations', { exact: true }).fill('3')
    await question.waitFor({ timeout: 20_000 })
    expect(faults).toEqual([])
  })

  test('a question is dropped, and the plan stays', async () => {
    const { tab, faults } = await visit()
    await openExample(tab, 'Production')
    await waitForPlan(tab)
    const result = tab.locator('.result')
    const question = result.getByRole('button', { name: 'What would make it cheaper?' })
    await question.click()
    await result.getByRole('button', { name: 'Cancel' }).click()
    await question.waitFor({ timeout: 8000 })
    expect(await tile(tab, 'The checker')).toBe('valid')
    expect(faults).toEqual([])
  })

  test('where there is no placement, what would give it one', async () => {
    const { tab } = await visit()
    await openExample(tab, 'Deadlock')
    await waitForPlan(tab)
    for (const node of ['n', 'm', 'x']) {
      await tab.getByRole('button', { name: new RegExp(`^${node} `) }).click()
      await tab.getByRole('checkbox', { name: 'must be empty in the end' }).check()
    }
    const alert = tab.getByRole('alert')
    await alert.getByRole('button', { name: 'What would give it a placement?' }).click({ timeout: 20_000 })
    await alert.getByText(/^Single changes that give it an answer/).waitFor({ timeout: 20_000 })
  })
})

describe('playback', () => {
  test('steps forward and back, plays to the end, and follows the keyboard', async () => {
    const { tab } = await visit({ reducedMotion: 'reduce' })
    await openExample(tab, 'Deadlock')
    await waitForPlan(tab)
    const moment = tab.locator('.moment')
    const steps = await tab.getByRole('slider', { name: 'Step' }).getAttribute('max').then(Number)
    const at = (step: number) => expect.poll(() => moment.innerText()).toContain(`${step} of ${steps}`)
    await at(steps)
    await tab.getByRole('button', { name: 'First' }).click()
    await at(0)
    expect(await tab.locator('.sentence').innerText()).toBe('Before the first step.')
    const before = await tab.locator('button.node').evaluateAll((nodes) => nodes.map((node) => node.textContent))

    await tab.getByRole('button', { name: 'Step forward' }).click()
    await tab.getByRole('button', { name: 'Step forward' }).click()
    await at(2)
    await expect.poll(() => tab.locator('button.node.touched').count()).toBeGreaterThan(0)
    expect(await tab.locator('.sentence').innerText()).toMatch(/^(Cordon|Start)/)
    await tab.getByRole('button', { name: 'Step back' }).click()
    await tab.getByRole('button', { name: 'Step back' }).click()
    await at(0)
    expect(await tab.locator('button.node').evaluateAll((nodes) => nodes.map((node) => node.textContent))).toEqual(
      before
    )

    await tab.getByRole('slider', { name: 'Step' }).focus()
    await tab.keyboard.press('ArrowRight')
    await at(1)
    await tab.keyboard.press('End')
    await at(steps)

    await tab.getByLabel('Steps a second').selectOption('16')
    await tab.getByRole('button', { name: 'Play' }).click()
    await tab.getByRole('button', { name: 'Pause' }).waitFor()
    expect(await tab.locator('.sentence').getAttribute('aria-live')).toBe('off')
    await tab.getByRole('button', { name: 'Play' }).waitFor()
    await at(steps)
    expect(await tab.locator('.sentence').getAttribute('aria-live')).toBe('polite')
    expect(await tab.locator('button.node.released .standing').allInnerTexts()).toEqual(['released'])
  })
})

describe('opening', () => {
  test.each([
    ['bad.json', '{\n  "schemaVersion": 1,\n  "nodes": [,]\n}', [/line 3, column 13/, /\^/]],
    ['bad.yaml', 'nodes:\n  - id: [a\n', [/is not YAML: line \d+, column \d+/]],
    [
      'issues.json',
      '{"schemaVersion":1,"nodes":[{"id":"a","capacity":{"cpu":-1},"costPerHour":1}],"deployments":[],"replicas":[],"ruls":[]}',
      [/nodes\[0\]\.capacity\.cpu/, /found -1, expected a number of at least 0/, /ruls/]
    ],
    ['pods.json', '{"apiVersion":"v1","kind":"List","items":[]}', [/cannot be imported/, /kubectl get nodes/]],
    ['ray.json', '[{"node_id":"a","resources_total":{}}]', [/cannot be imported/, /api\/serve\/applications/]],
    ['empty.json', ' ', [/is empty/]],
    ['result.json', '{"termination":"optimal","placement":[]}', [/is no Result/]]
  ])('says of %s what is wrong, and keeps what was open', async (name, text, says) => {
    const { tab } = await visit()
    await openExample(tab, 'Deadlock')
    await waitForPlan(tab)
    await drop(tab, [{ name, text }])
    const alert = tab.getByRole('alert')
    await alert.waitFor()
    const told = await alert.innerText()
    for (const part of says) expect(told).toMatch(part)
    expect(told).toContain(name)
    // The focus follows what is painted.
    await tab.waitForFunction(() => document.activeElement?.getAttribute('role') === 'alert', undefined, {
      timeout: 8000
    })
    expect(await tab.getByRole('heading', { level: 1 }).innerText()).toBe('golden-deadlock')
    await tab.getByRole('button', { name: 'Dismiss' }).click()
    expect(await alert.count()).toBe(0)
  })

  test('shows a Result that is dropped with its Problem without solving, and refuses one of another', async () => {
    const { tab } = await visit()
    await openExample(tab, 'Deadlock')
    await waitForPlan(tab)
    const download = tab.waitForEvent('download')
    await tab.getByRole('button', { name: 'Result', exact: true }).click()
    const saved = await download
    expect(saved.suggestedFilename()).toBe('golden-deadlock.result.json')
    const text = readFileSync(await saved.path(), 'utf8')
    const problem = fixture('golden-deadlock.problem.json')
    expect(verifyResult(JSON.parse(problem), parseResult(JSON.parse(text)))).toEqual([])

    await tab.reload()
    await drop(tab, [
      { name: 'a.result.json', text },
      { name: 'a.problem.json', text: problem }
    ])
    await waitForPlan(tab)
    expect(await tab.locator('button.node.released').count()).toBe(1)

    await openAgain()
    await openExample(tab, 'Quickstart')
    await waitForPlan(tab)
    await drop(tab, [{ name: 'a.result.json', text }])
    await tab.getByRole('alert').waitFor()
    expect(await tab.getByRole('alert').innerText()).toContain('answers another Problem')

    async function openAgain() {
      await tab.getByRole('button', { name: 'Open another…' }).click()
    }
  })

  test('imports what the dashboard of Ray answers, and says what stays where it is', async () => {
    const { tab } = await visit()
    await drop(tab, [
      { name: 'cluster.json', text: fixture('ray/ray-snapshot-example.json') },
      { name: 'overrides.yaml', text: fixture('ray/ray-snapshot-example.overrides.yaml') }
    ])
    await waitForPlan(tab)
    expect(await tab.getByRole('heading', { level: 1 }).innerText()).toBe('cluster')
    expect(await tab.locator('button.node').count()).toBe(5)
    await tab.getByText('Imported:').click()
    expect(await tab.locator('.import-note').innerText()).toContain('the head is never given back')
  })

  test('imports what kubectl prints, with prices from a table beside it', async () => {
    const { tab } = await visit()
    const node = (name: string) => ({
      kind: 'Node',
      metadata: { name, labels: { 'node.kubernetes.io/instance-type': 'm5.large' } },
      status: { allocatable: { cpu: '2', memory: '8Gi', pods: '29' } }
    })
    const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web-5d4f', uid: 'u', controller: true }
    const pod = (name: string, nodeName: string) => ({
      kind: 'Pod',
      metadata: { name, namespace: 'default', ownerReferences: [owner] },
      spec: { nodeName, containers: [{ name: 'main', resources: { requests: { cpu: '500m', memory: '1Gi' } } }] },
      status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] }
    })
    const items = [node('a'), node('b'), pod('web-5d4f-1', 'a'), pod('web-5d4f-2', 'b')]
    const text = JSON.stringify({ apiVersion: 'v1', kind: 'List', items })
    const prices = 'name,vcpu,memGiB,priceOnDemand\nm5.large,2,8,0.096\n'
    await drop(tab, [{ name: 'cluster.json', text }])
    expect(await tab.getByRole('alert').innerText()).toMatch(/no price[\s\S]*m5\.large/)
    await drop(tab, [
      { name: 'cluster.json', text },
      { name: 'prices.csv', text: prices }
    ])
    await waitForPlan(tab)
    expect(await tab.locator('button.node.released').count()).toBe(1)
  })

  test('opens YAML that is pasted, and names that are markup stay text', async () => {
    const { tab, faults } = await visit()
    const name = '<img src=x onerror=alert(1)>'
    const problem = {
      schemaVersion: 1,
      name,
      nodes: [
        { id: name, type: '__proto__', capacity: { cpu: 2 }, costPerHour: 1 },
        { id: '💥'.repeat(60), capacity: { cpu: 2 }, costPerHour: 2 }
      ],
      deployments: [{ id: 'constructor', demand: { cpu: 1 } }],
      replicas: [{ id: 'toString', deployment: 'constructor', node: '💥'.repeat(60) }]
    }
    await tab.getByText('Paste a text').click()
    await tab.getByLabel('A Problem in JSON or YAML').fill(`# yaml\n${JSON.stringify(problem)}`)
    await tab.getByRole('button', { name: 'Open the text' }).click()
    await waitForPlan(tab)
    expect(await tab.getByRole('heading', { level: 1 }).innerText()).toBe(name)
    expect(await tab.locator('img').count()).toBe(0)
    expect(await tab.locator('.moves tbody th').innerText()).toContain('toString')
    expect(faults).toEqual([])
  })
})
