import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { makeFolder } from '../../scratch-folder.js'
import { runCommand } from '../run-command.js'

const fixture = (name: string) => fileURLToPath(new URL(`../../../fixtures/${name}`, import.meta.url))
const large = fixture('openb/openb-slice-400.problem.json')

test.each([
  ['mix', [large]],
  ['horizon', [fixture('capacity/servegen.study.yaml')]],
  ['reach', [large]],
  ['survive', [large]],
  ['compaction', [large]],
  ['curve', [large]],
  ['holes', [large]]
] as const)('Ctrl-C ends %s within moments, with exit code 130 and no file', async (kind, study) => {
  const folder = makeFolder()
  const files = ['-o', join(folder, 'answer.json'), '--html', join(folder, 'page.html')]
  // What does not end by itself is killed long before, and has no exit code then.
  let sent = false
  const { code, stdout, stderr } = await runCommand(['capacity', kind, ...study, '--time-limit', '600', ...files], {
    // With the first line of progress the question has begun.
    signalOn: (said) => {
      if (sent || !/^\d+\.\d s {2}/m.test(said)) return undefined
      sent = true
      return 'SIGINT'
    }
  })
  expect({ code, stdout }).toEqual({ code: 130, stdout: '' })
  expect(stderr).toContain('Interrupted: ')
  expect(readdirSync(folder)).toEqual([])
})
