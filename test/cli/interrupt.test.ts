import { fileURLToPath } from 'node:url'
import { expect, test, vi } from 'vitest'
import { parseResult } from '../../models/contract/parse.js'
import { interruptOnSignal } from '../../src/cli/interrupt.js'
import { runCommand } from './run-command.js'

test('Ctrl-C prints the incumbent', async () => {
  // Large enough that the search is still under way when the first incumbent is shown.
  const cluster = fileURLToPath(new URL('../../fixtures/openb/openb-slice-400.problem.json', import.meta.url))
  let sent = false
  const { code, stdout, stderr } = await runCommand(['plan', cluster, '--time-limit', '45', '--json'], {
    signalOn: () => {
      if (sent) return undefined
      sent = true
      return 'SIGINT'
    }
  })
  expect(stderr).toContain('Interrupted')
  expect(parseResult(JSON.parse(stdout))).toMatchObject({ termination: 'interrupted', primalStatus: 'feasible' })
  expect(code).toBe(0)
})

test('the first signal interrupts, the second one quits, none is heard afterwards', () => {
  const exit = vi.spyOn(process, 'exit').mockImplementation(() => undefined as never)
  const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  const interrupt = vi.fn()
  const before = process.listenerCount('SIGINT')
  const stop = interruptOnSignal(interrupt)
  try {
    process.emit('SIGINT', 'SIGINT')
    expect(interrupt).toHaveBeenCalledTimes(1)
    expect(exit).not.toHaveBeenCalled()
    process.emit('SIGINT', 'SIGINT')
    expect(exit).toHaveBeenCalledWith(130)
  } finally {
    stop()
    exit.mockRestore()
    write.mockRestore()
  }
  expect(process.listenerCount('SIGINT')).toBe(before)
})
