import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ScenarioRecord, SweepAnswer } from 'replica-compactor/capacity'
import { comparable } from 'replica-compactor/capacity'
import { expect, test } from 'vitest'
import { runCommand } from '../cli/run-command.js'
import { makeFolder } from '../scratch-folder.js'

const CLUSTER = fileURLToPath(new URL('../../fixtures/openb/openb-slice-30.problem.json', import.meta.url))
const args = [
  'capacity',
  'sweep',
  CLUSTER,
  '--axis',
  'budget=budget:2|budget:8',
  '--seeds',
  '1-4',
  '--work-limit',
  '150',
  '--json',
  '-q'
]

const linesOf = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8').split('\n').slice(0, -1) : [])

/** A signal as soon as so many lines are in the journal. */
const signalAt = (name: NodeJS.Signals, path: string, lines: number) => ({
  signal: { name, when: () => linesOf(path).length >= lines }
})

async function killAt(path: string, lines: number): Promise<void> {
  const { code } = await runCommand([...args, '--journal', path], signalAt('SIGKILL', path, lines))
  // A process that ended by itself has a code.
  expect(code).toBeNull()
}

test('a sweep that is killed twice in its middle goes on, and gives what one that was left alone gives', async () => {
  const folder = makeFolder()
  const [killed, whole] = [join(folder, 'killed.jsonl'), join(folder, 'whole.jsonl')]
  await killAt(killed, 3)
  const before = linesOf(killed)
  // As a kill in mid-write leaves it.
  writeFileSync(killed, `${before.join('\n')}\n${before.at(-1)?.slice(0, 40)}`)
  await killAt(killed, before.length + 2)
  const resumed = await runCommand([...args, '--journal', killed])
  const alone = await runCommand([...args, '--journal', whole])
  expect(resumed.code).toBe(0)
  const answers = [resumed, alone].map(({ stdout }) => JSON.parse(stdout) as SweepAnswer)
  expect(answers[0]?.scenarios.map(comparable)).toEqual(answers[1]?.scenarios.map(comparable))
  expect(answers[0]?.scenarios).toHaveLength(8)
  // What was there stayed as it was, seconds included: nothing was solved twice.
  expect(linesOf(killed).slice(0, before.length)).toEqual(before)
  expect(linesOf(killed)).toHaveLength(9)
  const records = linesOf(killed)
    .slice(1)
    .map((line) => JSON.parse(line) as ScenarioRecord)
  expect(new Set(records.map(({ id }) => id)).size).toBe(8)
})

test('Ctrl-C tells what is done, and where to go on', async () => {
  const path = join(makeFolder(), 'sweep.jsonl')
  const plain = args.filter((arg) => arg !== '--json' && arg !== '-q')
  const { code, stdout, stderr } = await runCommand([...plain, '--journal', path], signalAt('SIGINT', path, 2))
  expect(stderr).toContain('Interrupted')
  expect(code).toBe(5)
  expect(stdout).toContain(`the same command goes on from ${path}`)
  expect(stdout).toMatch(/\d scenarios? missing/)
})
