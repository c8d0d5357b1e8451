import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseHTML } from 'linkedom'
import { describe, expect, test } from 'vitest'
import { makeFolder } from '../../scratch-folder.js'
import { ask, questions } from './questions.js'

/** What the answer to each question cannot be without. */
const figures: Readonly<Record<string, object>> = {
  mix: {
    study: { name: 'small' },
    status: 'feasible',
    replicas: { chat: 14, embed: 17, report: 0 },
    costPerHour: expect.any(Number),
    boundPerHour: expect.any(Number),
    result: { primalStatus: 'feasible' }
  },
  horizon: {
    study: { name: 'small' },
    status: 'feasible',
    periodSeconds: 3600,
    hours: 24,
    startsAt: '2026-11-02T00:00:00.000Z',
    cost: { total: expect.any(Number) },
    bound: expect.any(Number)
  },
  reach: { scenarios: expect.arrayContaining([expect.objectContaining({ moves: 'repack', nodes: 'listed' })]) },
  survive: { cases: expect.arrayContaining([expect.objectContaining({ basis: 'now', topologyKey: 'zone' })]) },
  compaction: { nodes: 7, percentile: { share: 0.9 }, nodesLeft: expect.any(Number) },
  curve: { price: { from: 'option', amount: 0.5 }, knee: expect.any(Number) },
  holes: { now: { activeNodes: 7 }, after: { activeNodes: 4 } },
  'what-if': { baseline: { objective: { costPerHour: expect.closeTo(16.98, 6) } } },
  sweep: { failed: 0, missing: [] }
}

describe.each(Object.keys(questions))('capacity %s', (kind) => {
  test('prints JSON, and writes it and a page', async () => {
    const folder = makeFolder()
    const [output, page] = [join(folder, 'answer.json'), join(folder, 'page.html')]
    const { code, stdout, stderr } = await ask(kind, '--json', '-o', output, '--html', page)
    // Notes are no talk: what is assumed is told in any case.
    expect({ code, talk: stderr.replace(/^Note: .*\n/gm, '') }).toEqual({ code: 0, talk: '' })
    const answer = JSON.parse(stdout)
    expect(answer).toMatchObject({ schemaVersion: 1, kind, notes: expect.any(Array), ...figures[kind] })
    expect(answer.study.fingerprint).toMatch(/^sha256:[0-9a-f]{64}$/)
    expect(readFileSync(output, 'utf8')).toBe(stdout)
    const html = readFileSync(page, 'utf8')
    expect(html).not.toMatch(/https?:|<script|\b(?:src|srcset)=/)
    const { document } = parseHTML(html)
    expect(document.querySelector('h1')?.textContent).toContain(answer.study.name)
    expect(document.querySelectorAll('svg[role=img] title').length).toBeGreaterThan(1)
    expect(document.querySelector('.facts')?.textContent).toContain(answer.study.fingerprint)
    const [, address = ''] = /href='data:application\/json;charset=utf-8,([^']*)'/.exec(html) ?? []
    expect(JSON.parse(decodeURIComponent(address))).toEqual(answer)
  })

  test('prints a text that fits a terminal', async () => {
    const { code, stdout } = await ask(kind)
    expect(code).toBe(0)
    expect(stdout).not.toMatch(/\bNaN\b|Infinity|undefined|\[object/)
    for (const line of stdout.split('\n')) expect([...line].length, line).toBeLessThanOrEqual(100)
  })
})

test('merge writes a page of the whole from the journals of shards', async () => {
  const folder = makeFolder()
  const journals = ['0/2', '1/2'].map((shard) => join(folder, `${shard.charAt(0)}.jsonl`))
  for (const [shard, journal] of journals.entries()) {
    expect((await ask('sweep', '--shard', `${shard}/2`, '--journal', journal)).code).toBe(0)
  }
  const page = join(folder, 'page.html')
  const { runCommand } = await import('../run-command.js')
  expect((await runCommand(['capacity', 'merge', ...journals, '--html', page])).code).toBe(0)
  expect(readFileSync(page, 'utf8')).toContain('4 scenarios over 1 axis and 2 seeds')
})
