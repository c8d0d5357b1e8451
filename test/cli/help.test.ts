import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { runCommand } from './run-command.js'

test('--help teaches commands, units, exit codes and where the schemas are', async () => {
  const { code, stdout, stderr } = await runCommand(['--help'])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  for (const part of [
    'plan',
    'sequence',
    'verify',
    'simulate',
    'export',
    'memory in GiB',
    '3  infeasible',
    'models/schemas'
  ]) {
    expect(stdout).toContain(part)
  }
})

test.each(['plan', 'sequence', 'verify', 'simulate', 'export'])(
  '%s --help has an example and fits a terminal',
  async (command) => {
    const { code, stdout } = await runCommand([command, '--help'])
    expect(code).toBe(0)
    expect(stdout).toContain(`$ replica-compactor ${command} cluster.`)
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120)
  }
)

test('--version is that of the package', async () => {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
  expect(await runCommand(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' })
})
