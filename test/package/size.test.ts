import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { pack, root } from './packed.js'

/** About a tenth above what was measured last; `npm run size` measures. */
const limits = JSON.parse(readFileSync(join(root, 'benchmarks/size-limits.json'), 'utf8'))
const { size, unpackedSize } = pack()

test('the tarball stays within its limit', () => {
  expect(size).toBeLessThanOrEqual(limits.packedBytes)
})

test('the unpacked package stays within its limit', () => {
  expect(unpackedSize).toBeLessThanOrEqual(limits.unpackedBytes)
})
