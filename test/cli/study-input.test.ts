import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readStudy } from '../../src/cli/capacity/study-input.js'
import { UsageError } from '../../src/cli/failure.js'
import { makeFolder } from '../scratch-folder.js'

const folder = makeFolder()

/** The path of a study with this forecast of one deployment, in replicas by the hour. */
function studyOf(name: string, ...counts: readonly number[]): string {
  const rows = counts.map((count, hour) => `${hour * 3600},${count}\n`)
  writeFileSync(join(folder, `${name}.csv`), `time,chat\n${rows.join('')}`)
  const path = join(folder, `${name}.json`)
  const nodeTypes = [{ type: 'small', capacity: { cpu: 4 }, costPerHour: 1, maxNew: 9 }]
  const deployments = [{ id: 'chat', demand: { cpu: 2 } }]
  writeFileSync(path, JSON.stringify({ schemaVersion: 1, nodeTypes, deployments, forecast: { file: `${name}.csv` } }))
  return path
}

test('a forecast in which nothing is ever wanted is refused, and the file named', async () => {
  const path = studyOf('never', 0, 0, 0)
  const expected = `${path}: deployments: found no replica wanted at any moment, expected at least one`
  await expect(readStudy(path, {})).rejects.toThrow(new UsageError(expected))
})

test('so is a moment at which nothing is wanted; others of the same forecast may be asked about', async () => {
  const path = studyOf('night', 0, 3)
  await expect(readStudy(path, { at: '0' })).rejects.toThrow(
    /found no replica wanted at the moment that --at names \(0 s after the beginning\), expected at least one$/
  )
  expect((await readStudy(path, {})).moment.counts.get('chat')).toBe(3)
})
