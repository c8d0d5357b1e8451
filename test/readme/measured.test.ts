import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { root } from './readme.js'

test('the README says what benchmarks/results say', () => {
  const { status, stderr } = spawnSync(process.execPath, ['benchmarks/figures.mjs', '--check'], { cwd: root })
  expect(String(stderr)).toBe('')
  expect(status).toBe(0)
})
