import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { needBrowser } from './browser.js'
import { buildWithVite } from './build-with-vite.js'
import { installConsumer, optimum } from './installed-consumer.js'
import { marksIn } from './marks.js'
import { readFiles } from './output.js'
import { serve } from './static-server.js'

const visit = needBrowser()
const root = installConsumer()

let folder: string
beforeAll(async () => {
  copyFileSync(join(root, 'index.html'), join(root, 'glpk/index.html'))
  folder = (await buildWithVite(join(root, 'glpk'))).folder
}, 180_000)

test('a page plans with GLPK when its own worker provides it', async () => {
  const { answer, faults, workers } = await visit(await serve(folder))
  expect({ answer, faults }).toMatchObject({ answer: { cost: optimum.cost, gap: 0, solver: 'glpk' }, faults: [] })
  expect(workers).not.toEqual([])
})

test('glpk.js is then in the bundle of its own, where it is found', () => {
  expect(marksIn(readFiles(folder))).toEqual(['highs', 'javascript-lp-solver', 'glpk.js'])
})
