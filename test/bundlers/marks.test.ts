import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../package/packed.js'
import { marksIn } from './marks.js'
import { readFiles } from './output.js'

test.each(['highs', 'javascript-lp-solver', 'glpk.js', 'commander', 'yaml'])('%s is known by its marks', (name) => {
  expect(marksIn(readFiles(join(root, 'node_modules', name)))).toEqual([name])
})
