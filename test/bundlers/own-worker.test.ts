import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { rolldown } from 'rolldown'
import { beforeAll, expect, test } from 'vitest'
import { needBrowser } from './browser.js'
import { installConsumer, optimum } from './installed-consumer.js'
import { serve } from './static-server.js'

const visit = needBrowser()
const root = installConsumer()

let folder: string
const complaints: string[] = []
beforeAll(async () => {
  const onLog = (_: string, { message }: { message: string }) => complaints.push(message)
  folder = join(root, 'dist')
  for (const name of ['main', 'worker']) {
    const bundle = await rolldown({ input: join(root, `plain/${name}.js`), platform: 'browser', onLog })
    await bundle.write({ file: join(folder, `${name}.js`), codeSplitting: false })
    await bundle.close()
  }
  copyFileSync(join(root, 'node_modules/highs/build/highs.wasm'), join(folder, 'highs.wasm'))
  copyFileSync(join(root, 'index.html'), join(folder, 'index.html'))
})

test('a bundler that knows nothing of workers bundles one as an entry of its own, and `createWorker` starts it', async () => {
  const { answer, faults, workers } = await visit(await serve(folder))
  expect({ answer, faults, complaints }).toEqual({ answer: optimum, faults: [], complaints: [] })
  expect(workers).toContainEqual(expect.stringMatching(/\/worker\.js$/))
})
