import { expect, test } from 'vitest'
import { QUICKSTART, runCommand } from './run-command.js'

test('a reader that closes stdout early ends the command quietly', async () => {
  const { code, stderr } = await runCommand(['plan', QUICKSTART, '--json', '--quiet'], { closeOutput: true })
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
})

test('progress goes to stderr as plain lines where there is no terminal, and nowhere with --quiet', async () => {
  const talkative = await runCommand(['plan', QUICKSTART])
  expect(talkative.stderr).toMatch(/^[\d.]+ s {2}\w+/)
  for (const control of ['\r', '\x1b']) expect(talkative.stderr).not.toContain(control)
  expect((await runCommand(['plan', QUICKSTART, '--quiet'])).stderr).toBe('')
})

test('colours only where they are asked for', async () => {
  const plain = await runCommand(['plan', QUICKSTART], { environment: {} })
  expect(plain.stdout).not.toContain('\x1b[')
  const coloured = await runCommand(['plan', QUICKSTART], { environment: { FORCE_COLOR: '1' } })
  expect(coloured.stdout).toContain('\x1b[1mquickstart\x1b[22m')
})
