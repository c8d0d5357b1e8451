import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { execPath } from 'node:process'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { expect, test } from 'vitest'
import { pack } from './packed.js'

const { tarball } = pack()

test('publint has nothing to say of the tarball', async () => {
  const { buffer, byteOffset, byteLength } = readFileSync(tarball)
  const { messages, pkg } = await publint({
    pack: { tarball: buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer },
    strict: true
  })
  expect(pkg.name).toBe('replica-compactor')
  expect(messages.map((message) => formatMessage(message, pkg, { color: false }))).toEqual([])
})

test('the types are those of the files that are loaded, for every entry and way to resolve it as ESM', () => {
  const require = createRequire(import.meta.url)
  const command = join(dirname(require.resolve('@arethetypeswrong/cli/package.json')), 'dist/index.js')
  const options = ['--profile', 'esm-only', '--no-definitely-typed', '--format', 'table-flipped', '--no-emoji']
  const { stdout, status } = spawnSync(execPath, [command, tarball, ...options, '--no-color'], { encoding: 'utf8' })
  for (const entry of ['', '/models', '/file-journal', '/capacity', '/sweep-journal', '/bullmq'])
    expect(stdout).toContain(`"replica-compactor${entry}"`)
  expect({ status, report: stdout }).toEqual({ status: 0, report: stdout })
})
