import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { runCommand } from '../../benchmarks/engine/run-command.mjs'

const node = (program: string, latestSeconds: number) => runCommand(process.execPath, ['-e', program], latestSeconds)

test('a process is watched from outside: what it says, how it ends, how long it takes', async () => {
  const run = await node("console.log('out'); console.error('err'); setTimeout(() => process.exit(3), 300)", 30)
  expect(run).toMatchObject({ stdout: 'out\n', stderr: 'err\n', exitCode: 3 })
  expect(run.seconds).toBeGreaterThan(0.3)
})

test('memory that was given back counts, too', async ({ skip }) => {
  skip(!existsSync('/proc/self/status'), 'needs /proc: memory is not measured elsewhere')
  const program = 'let held = Buffer.alloc(3e8, 1); held = null; global.gc(); setTimeout(() => {}, 500)'
  const [held, idle] = await Promise.all([
    runCommand(process.execPath, ['--expose-gc', '-e', program], 30),
    node('setTimeout(() => {}, 500)', 30)
  ])
  expect(idle.peakMegabytes).toBeGreaterThan(10)
  expect((held.peakMegabytes ?? 0) - (idle.peakMegabytes ?? 0)).toBeGreaterThan(280)
})

test('a process that does not end is killed', async () => {
  expect((await node('setInterval(() => {}, 1000)', 0.5)).exitCode).toBeNull()
})

test('a command that is not there is an error', async () => {
  await expect(runCommand('no-such-command', [], 1)).rejects.toThrow('ENOENT')
})
