import { spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { InputError, parseProblem } from '../../../models/contract/parse.js'
import { projectOntoDrains } from '../../../src/adapters/ray/drains/project-onto-drains.js'
import { compact } from '../../../src/compact.js'
import { renderDrainScript } from '../../../src/report/drains/render-drain-script.js'
import { drainedNodes } from '../../search/drains/replay.js'
import { threeAndOne } from './clusters.js'

const FAKE = fileURLToPath(new URL('fake-ray.sh', import.meta.url))
const problem = threeAndOne()
const plan = () => compact(problem, { executableOn: 'ray', solver: 'greedy', workLimit: 2_000 })
const hexOf = (node: string) => problem.nodes.find(({ id }) => id === node)?.labels['ray.io/node-id'] ?? ''

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'drains-'))
  copyFileSync(FAKE, join(folder, 'ray'))
  chmodSync(join(folder, 'ray'), 0o755)
  for (const { id } of problem.nodes) writeFileSync(join(folder, hexOf(id)), '')
  for (const { node } of problem.replicas) writeFileSync(join(folder, `${hexOf(node ?? '')}.busy`), '')
})
afterEach(() => rmSync(folder, { recursive: true }))

function run(script: string, words: readonly string[], about: Readonly<Record<string, string>> = {}) {
  const file = join(folder, 'drains.sh')
  writeFileSync(file, script)
  // Nothing is waited for in earnest.
  writeFileSync(join(folder, 'sleep'), '#!/bin/sh\n', { mode: 0o755 })
  const env = { PATH: `${folder}:${process.env.PATH}`, NODES: folder, ...about }
  return spawnSync('sh', [file, ...words], { env, encoding: 'utf8' })
}
const calls = () =>
  existsSync(join(folder, 'calls')) ? readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n') : []

describe('the script of drains', () => {
  it('drains one node after the other, each until it is gone, then gives idle ones back', async () => {
    const result = await plan()
    const { status, stderr } = run(renderDrainScript(problem, result), [
      'run',
      '-a',
      'head:6379',
      '-d',
      'http://head:8265'
    ])
    expect(stderr).toBe('')
    expect(status).toBe(0)
    const begun = calls().filter((call) => call.includes('PREEMPTION'))
    expect(begun.map((call) => /--node-id (\w+)/.exec(call)?.[1])).toEqual(drainedNodes(result).map(hexOf))
    for (const node of result.releasedNodes) expect(existsSync(join(folder, hexOf(node)))).toBe(false)
    const ends = calls().findIndex((call) => call.includes(`node_id=${hexOf(drainedNodes(result)[0] ?? '')}`))
    expect(ends).toBeLessThan(calls().findIndex((call) => call.includes(begun[1] ?? 'nothing')))
    expect(calls().every((call) => call.includes('head'))).toBe(true)
  })

  it('shows what it would do, and does nothing, unless told to', async () => {
    const result = await plan()
    const { status, stdout } = run(renderDrainScript(problem, result), [])
    expect(status).toBe(0)
    const lines = stdout.trimEnd().split('\n')
    for (const [index, { node, moves }] of projectOntoDrains(problem, result).drains.entries()) {
      const count = `${moves.length} replica${moves.length === 1 ? '' : 's'}`
      const head = lines.indexOf(`drain ${index + 1} of ${drainedNodes(result).length}: ${node}, ${count}`)
      expect(lines.slice(head + 1, head + 1 + moves.length)).toEqual(
        moves.map(({ replica, to }) => `  ${replica} -> ${to}`)
      )
    }
    expect(lines).toContain('give back idle, which is idle')
    expect(lines.at(-1)).toMatch(/^Nothing was done: sh \S+drains\.sh run does it\. A drain cannot be taken back\.$/)
    expect(calls()).toEqual([])
  })

  it('takes its options before what to do, too', async () => {
    expect(run(renderDrainScript(problem, await plan()), ['-a', 'head:6379', 'run']).status).toBe(0)
    expect(calls().some((call) => call.includes('PREEMPTION') && call.includes('head:6379'))).toBe(true)
  })

  it('goes on where it was, when it is run again', async () => {
    const script = renderDrainScript(problem, await plan())
    run(script, ['run'])
    const before = calls().filter((call) => call.includes('PREEMPTION')).length
    const { status, stdout } = run(script, ['run'])
    expect(status).toBe(0)
    expect(stdout).toContain('is gone already')
    expect(calls().filter((call) => call.includes('PREEMPTION'))).toHaveLength(before)
  })

  it('gives up on a node that stays busy, and begins no other', async () => {
    const script = renderDrainScript(problem, await plan())
    const { status, stderr } = run(script, ['run'], { DRAIN_SECONDS: '0' })
    expect(status).toBe(1)
    expect(stderr).toContain('cannot be taken back')
    expect(calls().filter((call) => call.includes('PREEMPTION'))).toHaveLength(1)
  })

  it.each([[['extra']], [['-x']], [['-y']], [['run', 'extra']]])('refuses wrong use: %j', async (words) => {
    expect(run(renderDrainScript(problem, await plan()), words).status).toBe(2)
  })

  it('writes names that a shell would obey as mere words', async () => {
    const hostile = parseProblem(
      JSON.parse(JSON.stringify(problem).replaceAll('"a"', JSON.stringify("a'; $(touch hacked) `x`\n#")))
    )
    const result = await compact(hostile, { executableOn: 'ray', solver: 'greedy', workLimit: 2_000 })
    const { status } = run(renderDrainScript(hostile, result), ['run'])
    expect(status).toBe(0)
    expect(existsSync(join(folder, 'hacked'))).toBe(false)
    expect(existsSync('hacked')).toBe(false)
  })

  it('is not written where Ray has no name for a node', async () => {
    const nameless = parseProblem({ ...problem, nodes: problem.nodes.map((node) => ({ ...node, labels: {} })) })
    const result = await compact(nameless, { executableOn: 'ray', solver: 'greedy', workLimit: 2_000 })
    expect(() => renderDrainScript(nameless, result)).toThrow(InputError)
    expect(() => renderDrainScript(nameless, result)).toThrow(/ray\.io\/node-id/)
  })
})
