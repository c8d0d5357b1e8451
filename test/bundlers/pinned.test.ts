import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../package/packed.js'

const { version } = JSON.parse(readFileSync(join(root, 'node_modules/highs/package.json'), 'utf8'))
const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

test('highs is pinned: the glue for browsers was made at the build, the binary is what users install', () => {
  expect(dependencies.highs).toBe(version)
})
