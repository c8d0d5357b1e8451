import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { QUICKSTART } from '../cli/run-command.js'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

test.each([[['worker']], [['sweep', QUICKSTART, '--seeds', '1']]])(
  'capacity %j --redis says how to get what it needs',
  ([name = '', ...args]) => {
    const main = at('../../dist/src/cli/main.js')
    const command = [
      '--import',
      at('scripts/without-bullmq.mjs'),
      main,
      'capacity',
      name,
      ...args,
      '--redis',
      'redis://localhost'
    ]
    const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8' })
    expect(stderr).toBe('replica-compactor: bullmq is not installed; npm install bullmq ioredis gets it\n')
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  }
)
