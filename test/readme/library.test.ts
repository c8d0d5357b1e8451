import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { codeBlocks, makeUserFolder } from './readme.js'

test('the programs of the README run and print what it says', () => {
  const [, printed] = codeBlocks('text')
  const folder = makeUserFolder({ 'plan.mjs': codeBlocks('js').join('\n') })
  const output = execFileSync(process.execPath, ['plan.mjs'], { cwd: folder, encoding: 'utf8', timeout: 50_000 })
  expect(output.slice(0, printed?.length)).toBe(printed)
  expect(output.slice(printed?.length)).toMatch(/3 replicas for 4 an hour/)
})
