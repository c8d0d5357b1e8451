import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { codeBlocks, root } from './readme.js'

const consumer = (path: string) => readFileSync(join(root, 'test/bundlers/consumer', path), 'utf8')

test('the workers of the README are those that are bundled and run in Chromium', () => {
  expect(codeBlocks('js worker')).toEqual([consumer('plain/worker.js'), consumer('glpk/worker.js')])
})

test('so is the function that makes them', () => {
  const [page = ''] = codeBlocks('js page')
  const [makes = ''] = page.match(/const createWorker = .*\n/) ?? []
  expect(makes).not.toBe('')
  expect(consumer('plain/main.js')).toContain(makes)
})
