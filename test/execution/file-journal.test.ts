import { appendFileSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { platform } from 'node:process'
import { afterEach, expect, test } from 'vitest'
import { type FileJournal, fileJournal } from '../../src/execution/file-journal.js'
import type { JournalEntry } from '../../src/execution/journal.js'
import { makeFolder } from '../scratch-folder.js'
import { runPlan } from './run-plan.js'
import { emptyOld } from './small-plans.js'

const open: FileJournal[] = []

function journalAt(path: string): FileJournal {
  const journal = fileJournal(path)
  open.push(journal)
  return journal
}

function newPath(): string {
  return join(makeFolder(), 'plan.journal')
}

afterEach(async () => {
  for (const journal of open.splice(0)) await journal.close()
})

const begin: JournalEntry = { kind: 'plan', plan: 'p', at: 1 }
const cancel = (step: string): JournalEntry => ({ kind: 'cancel', step, reason: 'r', at: 2 })

test('what was appended is read again, by this journal and by the next', async () => {
  const path = newPath()
  const journal = journalAt(path)
  expect(await journal.read()).toEqual([])
  await journal.append(begin)
  await journal.append(cancel('ü\n"'))
  expect(await journal.read()).toEqual([begin, cancel('ü\n"')])
  await journal.close()
  expect(await journalAt(path).read()).toEqual([begin, cancel('ü\n"')])
})

test('appends that are not waited for keep their order, and are in the file when they resolve', async () => {
  const path = newPath()
  const journal = journalAt(path)
  const entries = Array.from({ length: 200 }, (_, index) => cancel(`s${index}`))
  const inFile = entries.map(async (entry) => {
    await journal.append(entry)
    return readFileSync(path, 'utf8').includes(`${JSON.stringify(entry)}\n`)
  })
  expect(await Promise.all(inFile)).not.toContain(false)
  expect(await journal.read()).toEqual(entries)
})

test.runIf(platform !== 'win32')('only its owner may read it', async () => {
  const path = newPath()
  await journalAt(path).append(begin)
  expect(statSync(path).mode & 0o777).toBe(0o600)
})

test('a torn last line counts as never written, wherever it is torn, and is cut off', async () => {
  const line = `${JSON.stringify(cancel('ü'))}\n`
  const bytes = Buffer.from(line)
  for (let length = 0; length < bytes.length; length++) {
    const path = newPath()
    writeFileSync(path, `${JSON.stringify(begin)}\n`)
    appendFileSync(path, bytes.subarray(0, length))
    const journal = journalAt(path)
    expect(await journal.read()).toEqual([begin])
    await journal.append(cancel('next'))
    expect(readFileSync(path, 'utf8')).toBe(`${JSON.stringify(begin)}\n${JSON.stringify(cancel('next'))}\n`)
  }
})

test('the torn line is cut off also where nothing was read before', async () => {
  const path = newPath()
  writeFileSync(path, `${JSON.stringify(begin)}\n{"kind":`)
  await journalAt(path).append(cancel('next'))
  expect(readFileSync(path, 'utf8').split('\n')).toHaveLength(3)
})

test.each([
  ['{"kind":', 'line 2: not JSON'],
  ['', 'line 2: not JSON'],
  ['\0\0\0', 'line 2: not JSON'],
  ['{"kind":"begin","step":"s","verb":"v","at":1}', 'line 2: no journal entry'],
  ['{"kind":"later","at":1}', 'line 2: no journal entry'],
  ['null', 'line 2: no journal entry']
])('any other damage is an error that names the line: %j', async (line, message) => {
  const path = newPath()
  writeFileSync(path, `${JSON.stringify(begin)}\n${line}\n${JSON.stringify(begin)}\n`)
  await expect(journalAt(path).read()).rejects.toMatchObject({
    name: 'JournalError',
    message: expect.stringContaining(`${path}, ${message}`)
  })
  await expect(journalAt(path).append(begin)).rejects.toThrow(message)
  expect(readFileSync(path, 'utf8')).toContain(`\n${line}\n`)
})

test('after an append that failed, and after the end, all others fail', async () => {
  const nowhere = fileJournal(join(newPath(), 'not', 'there'))
  const both = await Promise.allSettled([nowhere.append(begin), nowhere.append(begin)])
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  await expect(nowhere.append(begin)).rejects.toThrow('ENOENT')
  await expect(nowhere.read()).rejects.toThrow('ENOENT')
  const journal = fileJournal(newPath())
  await journal.append(begin)
  await journal.close()
  await journal.close()
  await expect(journal.append(begin)).rejects.toThrow('closed')
})

test('an execution goes on from a file that a crash has torn', async () => {
  const path = newPath()
  const crash = new AbortController()
  const first = await runPlan(emptyOld(), {}, { journal: journalAt(path), abandon: crash.signal }, (cluster) => {
    cluster.onCall = (verb) => verb === 'drain' && crash.abort()
  })
  expect(first.report.outcome).toBe('abandoned')
  appendFileSync(path, '{"kind":"end","step":"dra')
  const { report, cluster } = await runPlan(emptyOld(), {}, { journal: journalAt(path) }, (cluster) =>
    cluster.host('a', 'new')
  )
  expect(report.outcome).toBe('completed')
  expect(cluster.verbs()).toEqual(['drain drain:a', 'stop stop:a', 'release release:old'])
  expect(cluster.calls[0]?.id).toBe('plan-1/drain:a/drain#1')
})
