import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from './readme.js'

test('the README says what benchmarks/results say', () => {
  const { status, stderr } = spawnSync(process.execPath, ['benchmarks/promises.mjs', '--check'], { cwd: root })
  expect(String(stderr)).toBe('')
  expect(status).toBe(0)
})

test('the picture shows the best that is known of its cluster', () => {
  const { instances } = JSON.parse(readFileSync(join(root, 'benchmarks/best-known.json'), 'utf8'))
  expect(readFileSync(join(root, 'docs/before-after.svg'), 'utf8')).toContain(
    `for ${instances.quickstart.cost}.</title>`
  )
})
