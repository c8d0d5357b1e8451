import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { ImportReport } from '../../../src/adapters/import-report.js'
import { deliverImport } from '../../../src/cli/import/import-outputs.js'
import { freshPath } from '../run-command.js'

test('a Problem that is too long for one text is said to be, and nothing is written', async () => {
  const problem = {
    toJSON() {
      throw new RangeError('Invalid string length')
    }
  }
  const [output, report] = [freshPath('cluster.json'), freshPath('report.json')]
  const delivery = deliverImport({ problem: problem as never, report: {} as ImportReport }, { output, report })
  await expect(delivery).rejects.toThrow('too long for one text')
  expect([output, report].filter((path) => existsSync(path))).toEqual([])
})
