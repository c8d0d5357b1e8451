import { expect, test } from 'vitest'
import { parseResult } from '../../models/contract/parse.js'
import { renderProfile } from '../../src/report/text/profile.js'
import { QUICKSTART, runCommand } from './run-command.js'
import { sampleResult } from './sample-result.js'

const render = (profile: NonNullable<ReturnType<typeof sampleResult>['solve']['profile']>) =>
  renderProfile(sampleResult({ solve: { ...sampleResult().solve, profile } }))

test('the longest part comes first, and in it the search with the largest share', () => {
  expect(
    render({
      total: 1250.4,
      parse: 0.3,
      compile: 12,
      formulate: { moves: 40, 'compact-model': 300.2, greedy: 0.1 },
      patterns: { 'column-generation': 90 }
    })
  ).toMatchInlineSnapshot(`
    "Time spent, ms
      total      1,250
      formulate    340  compact-model      300
                        moves               40
      patterns      90  column-generation
      compile       12
    "
  `)
})

test('a Result without a profile has nothing to show', () => {
  expect(renderProfile(sampleResult())).toBe('')
})

test('plan --profile shows it on stderr, and writes it into the Result', async () => {
  const { code, stdout, stderr } = await runCommand(['plan', QUICKSTART, '--profile', '--json', '--quiet'])
  expect(code).toBe(0)
  expect(stderr).toMatch(/^Time spent, ms\n/)
  expect(stderr).toMatch(/^ {2}total +\d/m)
  expect(parseResult(JSON.parse(stdout)).solve.profile).toMatchObject({ total: expect.any(Number) })
})
